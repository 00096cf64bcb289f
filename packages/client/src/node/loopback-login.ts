import type { GrantedKey } from '../login.ts';
import { type RedirectLoginOptions, redirectLogin } from '../redirect-login.ts';
import { listenOnLoopback } from './loopback-receiver.ts';

/**
 * Runs a complete login on the user's computer: listens on 127.0.0.1, opens the browser, waits for the answer and
 * decrypts it.
 *
 * The site has to allow `http://127.0.0.1/*`. Otherwise use `createLogin` with copy and paste.
 *
 * @throws {ValetkeyError} `redirect_not_confirmed` before the browser opens, if the site does not confirm the
 *   redirect; `site_unreachable`, and the errors of `openLogin`; the signal's own reason if it aborts
 * @see RFC 8252 section 7.3
 * @example
 * const { key } = await loopbackLogin({
 *   site, applicationName: 'My program', scopes: ['read'], openBrowser: (url) => show(`Open ${url}`),
 *   signal: AbortSignal.timeout(600_000),
 * });
 */
export async function loopbackLogin(options: RedirectLoginOptions): Promise<GrantedKey> {
  return redirectLogin(await listenOnLoopback(options), options);
}
