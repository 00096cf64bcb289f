import type { RedirectPrecheckResult } from '@valetkey/client';
import type { LoginMethod } from '../login/choose-login-method.ts';
import { type Finding, finding } from './finding.ts';

/** The form of the redirect that `valetkey login` listens on; the port is random. */
export const LOGIN_REDIRECT = 'http://127.0.0.1:53682/callback';

/**
 * Says what `valetkey login` does on this computer.
 *
 * @param redirect what the site says about `LOGIN_REDIRECT`
 */
export function decideLogin(method: LoginMethod, redirect: RedirectPrecheckResult): Finding {
  if (method === 'device')
    return finding('login_by_code', 'There is no browser here, so valetkey login shows a code to enter.');
  if (redirect.kind === 'accepted')
    return finding('login_by_redirect', 'The browser returns the key of valetkey login by itself.');
  return redirect.kind === 'unconfirmed'
    ? finding(
        'login_by_paste',
        'valetkey login asks you to copy and paste: the site does not confirm redirects.',
      )
    : finding(
        'login_redirect_refused',
        'valetkey login asks you to copy and paste: the site does not send keys to http://127.0.0.1.',
      );
}
