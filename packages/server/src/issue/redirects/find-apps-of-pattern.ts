import { isRedirectAllowed, parseRedirect, type RedirectPattern, ValetkeyError } from '@valetkey/protocol';
import type { AppsOfReceiver } from '../../ports/app-block-store.ts';

/** Returns the apps whose redirect a pattern allows, without a query or with an empty one. */
export function findAppsOfPattern(
  pattern: RedirectPattern,
  apps: readonly AppsOfReceiver[],
): AppsOfReceiver[] {
  // Many apps share a redirect.
  const decided = new Map<string, boolean>();
  return apps.filter(({ authRedirect }) => {
    if (authRedirect === null) return false;
    const isUsed = decided.get(authRedirect) ?? isAllowed(authRedirect, pattern);
    decided.set(authRedirect, isUsed);
    return isUsed;
  });
}

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
