import { askSite } from './ask-site.ts';
import { createLogin, type GrantedKey, type LoginOptions, openLogin } from './login.ts';
import type { FetchOptions } from './send-request.ts';

/** A place on this machine where a site's answer arrives. */
export interface AnswerReceiver {
  /** What to send as `auth_redirect`. */
  readonly authRedirect: string;
  /** The whole address that the browser was led to, for `openLogin`. Rejects with the signal's reason. */
  readonly answer: Promise<string>;
  /** Stops waiting; an answer that has not come by then never will. */
  close(): void;
}

/** What to ask for, and how to reach the person's browser. */
export interface RedirectLoginOptions extends Omit<LoginOptions, 'authRedirect'>, FetchOptions {
  /** Opens an address in the person's own browser; never in a window of the app, which could read the password. */
  readonly openBrowser: (url: URL) => unknown;
}

/**
 * A whole login of an app that can be led back to: asks the site whether it would take the request, opens the browser, waits
 * for the answer, opens that, and closes the receiver.
 *
 * @param receiver from `listenOnLoopback` or `createSchemeReceiver`
 * @throws {SiteRefusal} before any browser opens, if the site will not take the request
 * @throws {ValetkeyError} `site_unreachable`, and those of `openLogin`; the signal's own reason if that ended it
 * @see RFC 8252, PROTOCOL.md sections 2 to 4
 * @example
 * const receiver = createSchemeReceiver('myapp://callback');
 * app.on('open-url', (_event, url) => receiver.receive(url));
 * const { key } = await redirectLogin(receiver, { site, applicationName, scopes, openBrowser: (url) => shell.openExternal(url.href) });
 */
export async function redirectLogin(
  receiver: AnswerReceiver,
  options: RedirectLoginOptions,
): Promise<GrantedKey> {
  const { openBrowser, fetch, signal, ...asked } = options;
  try {
    const login = await createLogin({ ...asked, authRedirect: receiver.authRedirect });
    const verdict = await askSite(login, { fetch, signal });
    if (verdict.kind === 'refused') throw verdict.refusal;
    await openBrowser(login.url);
    return await openLogin(login, await receiver.answer, asked);
  } finally {
    receiver.close();
  }
}
