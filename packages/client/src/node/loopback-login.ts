import type { GrantedKey } from '../login.ts';
import { type RedirectLoginOptions, redirectLogin } from '../redirect-login.ts';
import { listenOnLoopback } from './loopback-receiver.ts';

/**
 * A whole login of a program on the person's own machine: listens on 127.0.0.1, opens the browser, waits, opens the
 * answer. The site has to allow `http://127.0.0.1/*`; where it does not, `createLogin` with copy and paste is left.
 *
 * @throws {SiteRefusal} before any browser opens, if the site will not take the request
 * @throws {ValetkeyError} `redirect_not_confirmed` before any browser opens, if the site does not say; `site_unreachable`, and those of `openLogin`; the signal's own reason if that ended it
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
