import { isRedirectAllowed, parseRedirect, type RedirectPattern, ValetkeyError } from '@valetkey/protocol';
import type { AppsOfReceiver } from '../../ports/app-block-store.ts';

/** Returns the apps whose redirect a pattern allows, without a query or with an empty one. */
export const findAppsOfPattern = (
  pattern: RedirectPattern,
  apps: readonly AppsOfReceiver[],
): AppsOfReceiver[] =>
  apps.filter(({ authRedirect }) => authRedirect !== null && isAllowed(authRedirect, pattern));

/** Redirects are stored without query; a pattern may need one. */
function isAllowed(authRedirect: string, pattern: RedirectPattern): boolean {
  try {
    return [authRedirect, `${authRedirect}?`].some((text) =>
      isRedirectAllowed(parseRedirect(text), [pattern]),
    );
  } catch (error) {
    // The rules may have become stricter since.
    if (error instanceof ValetkeyError) return false;
    throw error;
  }
}
