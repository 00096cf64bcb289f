import { ValetkeyError } from '@valetkey/protocol';
import { createLogin, type GrantedKey, type LoginOptions, openLogin } from '../login.ts';
import { randomToken } from '../random-token.ts';
import { parseSite } from '../site-address.ts';
import type { LoginStore } from './login-store.ts';

/** What a web app with several users asks for, and where it keeps what it waits for. */
export interface ServerLoginsOptions extends Omit<LoginOptions, 'site'> {
  /** May be left to `start`, where each user brings a site of their own. */
  readonly site?: string | URL | undefined;
  /** The route of this server that calls `finish`. */
  readonly authRedirect: string;
  readonly store: LoginStore;
  /** How long a person may take, in seconds. @default 900 */
  readonly ttlSeconds?: number | undefined;
}

/** A login that begins. */
export interface StartedLogin {
  /** Where to redirect the browser. */
  readonly url: URL;
  /** To be set as a cookie (`HttpOnly; Secure; SameSite=Lax`) or kept in the session: it ties the answer to this browser. */
  readonly browserToken: string;
}

/** What came of a login. */
export interface FinishedLogin extends GrantedKey {
  /** As `parseSite` spells it. */
  readonly site: string;
}

/** Logins of a web app with a server. */
export interface ServerLogins {
  /** @param changes what differs for this login, such as the site */
  start(changes?: Partial<LoginOptions>): Promise<StartedLogin>;
  /**
   * Opens the answer that a browser brought. Each login is taken out of the store first and judged once, so an answer can
   * neither be used again, nor tried with variations, nor be brought by another browser than the one that began.
   *
   * @param browserToken from the cookie or session of this very browser
   * @param address of the request, with its query
   * @throws {ValetkeyError} `login_unknown`, and those of `openLogin`
   */
  finish(browserToken: string | null | undefined, address: string | URL): Promise<FinishedLogin>;
}

/**
 * Lets people connect their account on a site to a web app. Each login has a key pair of its own.
 *
 * @see PROTOCOL.md sections 2 and 3
 * @example
 * const logins = createServerLogins({ site, applicationName, scopes, authRedirect, store: createMemoryLoginStore() });
 * // GET /connect: const { url, browserToken } = await logins.start(); set the cookie, redirect to url
 * // GET /callback: const { key } = await logins.finish(cookie, request.url);
 */
export function createServerLogins(options: ServerLoginsOptions): ServerLogins {
  const { store, ttlSeconds = 900, ...defaults } = options;
  return {
    async start(changes = {}) {
      const asked = { ...defaults, ...changes };
      const site = parseSite(asked.site ?? '');
      const { url, ...login } = await createLogin({ ...asked, site });
      const browserToken = randomToken();
      const kept: KeptLogin = { ...login, site, address: url.href };
      await store.put(browserToken, JSON.stringify(kept), ttlSeconds);
      return { url, browserToken };
    },
    async finish(browserToken, address) {
      const record = browserToken ? await store.consume(browserToken) : null;
      if (record === null) throw new ValetkeyError('login_unknown');
      const { address: asked, site, ...login } = JSON.parse(record) as KeptLogin;
      const granted = await openLogin({ ...login, url: new URL(asked) }, String(address), defaults);
      return { ...granted, site };
    },
  };
}

interface KeptLogin {
  readonly clientId: string;
  readonly nonce: string;
  readonly privateKey: string;
  readonly site: string;
  readonly address: string;
}
