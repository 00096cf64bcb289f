import { ValetkeyError } from '@valetkey/protocol';
import { createLogin, type GrantedKey, type Login, type LoginOptions, openLogin } from './login.ts';
import { precheckRedirect } from './precheck-redirect.ts';
import type { HttpOptions } from './send-request.ts';

/** A place on this machine where a site's answer arrives. */
export interface AnswerReceiver {
  /** What to send as `auth_redirect`. */
  readonly authRedirect: string;
  /** The whole address that the browser was led to first, for `openLogin`. Rejects with the signal's reason. */
  readonly answer: Promise<string>;
  /**
   * The next one, where anybody can send some: what does not open may be somebody else's, and the true answer come later.
   * Missing where nobody else knows the place.
   */
  readonly next?: (() => Promise<string>) | undefined;
  /** Stops waiting; an answer that has not come by then never will. */
  close(): void;
}

/** What to ask for, and how to reach the person's browser. */
export interface RedirectLoginOptions extends Omit<LoginOptions, 'authRedirect'>, HttpOptions {
  /** Opens an address in the person's own browser; never in a window of the app, which could read the password. */
  readonly openBrowser: (url: URL) => unknown;
  /**
   * An admin has told that the site allows the redirect: go on where it does not say so itself before a sign-in, as old sites.
   *
   * @default false
   */
  readonly isRedirectAllowed?: boolean | undefined;
  /** Hears why an answer was passed over, while the true one is waited for. */
  readonly onPassedOver?: ((failure: unknown) => void) | undefined;
}

/**
 * A whole login of an app that can be led back to: asks the site whether it would take the request, opens the browser, waits
 * for the answer, opens that, and closes the receiver. An answer that does not open is passed over while others can come.
 *
 * @param receiver from `listenOnLoopback` or `createSchemeReceiver`
 * @throws {SiteRefusal} before any browser opens, if the site will not take the request
 * @throws {ValetkeyError} `redirect_not_confirmed` before any browser opens, if the site does not say whether it will;
 *   `site_unreachable`, and those of `openLogin`; the signal's own reason if that ended it and no answer had come
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
  const { openBrowser, isRedirectAllowed = false, ...asked } = options;
  try {
    const login = await createLogin({ ...asked, authRedirect: receiver.authRedirect });
    const verdict = await precheckRedirect(login, asked);
    if (verdict.kind === 'refused') throw verdict.refusal;
    if (verdict.kind === 'unconfirmed' && !isRedirectAllowed)
      throw new ValetkeyError('redirect_not_confirmed', { site: login.url.origin });
    await openBrowser(login.url);
    return await openFirstGood(login, receiver, asked);
  } finally {
    receiver.close();
  }
}

/** A no is believed from anybody: whoever forges one gains nothing, and the person begins again. */
async function openFirstGood(
  login: Login,
  { answer, next }: AnswerReceiver,
  { crypto, onPassedOver }: Pick<RedirectLoginOptions, 'crypto' | 'onPassedOver'>,
): Promise<GrantedKey> {
  let address = await answer;
  for (;;) {
    try {
      return await openLogin(login, address, { crypto });
    } catch (failure) {
      const isDeclined = failure instanceof ValetkeyError && failure.code === 'access_denied';
      if (isDeclined || !next) throw failure;
      onPassedOver?.(failure);
      // If nothing better comes in time, this is what there is to say.
      address = await next().catch(() => {
        throw failure;
      });
    }
  }
}
