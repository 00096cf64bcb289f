import {
  isRedirectAllowed,
  parseRedirect,
  parseRedirectPatterns,
  type Redirect,
  ValetkeyError,
} from '@valetkey/protocol';
import type { Settings } from '../../core/settings/setting-table.ts';
import { found, type Step } from './key-request.ts';

/**
 * Checks the redirect (PROTOCOL.md#redirects). A registered client must use its own redirect, **and** the site’s list
 * must allow it: a registration cannot bypass the setting.
 */
export const checkRedirect: Step = (known, { settings }) => {
  const text = known.parameters.authRedirect;
  if (text === null) return { redirect: null };
  const client = found(known, 'client');
  const redirect = checkAllowedRedirect(text, settings);
  if (client && client.authRedirect !== text) throw new ValetkeyError('client_redirect_mismatch');
  return { redirect };
};

/**
 * Parses a redirect and requires that the site’s list allows it. @throws ValetkeyError `redirect_not_allowed`,
 * `redirect_missing_host`
 */
function checkAllowedRedirect(text: string, settings: Settings): Redirect {
  const redirect = parseRedirect(text);
  if (!isRedirectListed(redirect, settings)) throw new ValetkeyError('redirect_not_allowed');
  return redirect;
}

/** Whether the site’s list allows this redirect. */
export function isRedirectListed(redirect: Redirect, settings: Settings): boolean {
  const patterns = settings.allowed_user_api_auth_redirects.flatMap((item) => parseRedirectPatterns(item));
  return isRedirectAllowed(redirect, patterns);
}
