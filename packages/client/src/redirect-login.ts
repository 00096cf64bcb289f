import { ValetkeyError } from '@valetkey/protocol';
import { createLogin, type GrantedKey, type Login, type LoginOptions, openLogin } from './login.ts';
import { precheckRedirect } from './precheck-redirect.ts';
import type { HttpOptions } from './send-request.ts';

/** Receives the answer of a site on this device. */
export interface AnswerReceiver {
  /** Value for `auth_redirect`. */
  readonly authRedirect: string;
  /** The first URL that the browser was redirected to, for `openLogin`. Rejects with the signal's reason. */
  readonly answer: Promise<string>;
  /**
   * Returns the next URL. Needed if other programs can send some: an answer that cannot be decrypted may be forged,
   * and the real one may follow. Absent if the receiving URL is secret.
   */
  readonly next?: (() => Promise<string>) | undefined;
  /** Stops waiting for answers. */
  close(): void;
}

/** Options of `redirectLogin`. */
export interface RedirectLoginOptions extends Omit<LoginOptions, 'authRedirect'>, HttpOptions {
  /** Opens a URL in the user's browser. Never use a web view of the app, which could read the password. */
  readonly openBrowser: (url: URL) => unknown;
  /**
   * Set this if an admin has confirmed that the site allows the redirect. The login then continues even if the site
   * does not confirm it before sign-in, as old sites.
   *
   * @default false
   */
  readonly isRedirectAllowed?: boolean | undefined;
  /** Called with the error of each answer that was ignored while waiting for the real one. */
  readonly onPassedOver?: ((failure: unknown) => void) | undefined;
}

/**
 * Runs a complete login with a redirect: checks the request with the site, opens the browser, waits for the answer,
 * decrypts it and closes the receiver. Ignores answers that cannot be decrypted while others can follow.
 *
 * @param receiver from `listenOnLoopback` or `createSchemeReceiver`
 * @throws {ValetkeyError} `redirect_not_confirmed` before the browser opens, if the site does not confirm the
 *   redirect; `site_unreachable`, and the errors of `openLogin`; the signal's own reason if it aborts before an
 *   answer
 * @see RFC 8252, PROTOCOL.md#authorize, PROTOCOL.md#payload-delivery
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
    const result = await precheckRedirect(login, asked);
    if (result.kind === 'refused') throw result.refusal;
    if (result.kind === 'unconfirmed' && !isRedirectAllowed)
      throw new ValetkeyError('redirect_not_confirmed', { site: login.url.origin });
    await openBrowser(login.url);
    return await openFirstGood(login, receiver, asked);
  } finally {
    receiver.close();
  }
}

/** `access_denied` ends the login even unauthenticated: a forged denial only makes the user retry. */
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
      // Reported if no better answer arrives in time.
      address = await next().catch(() => {
        throw failure;
      });
    }
  }
}
