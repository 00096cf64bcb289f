import { ValetkeyError } from '@valetkey/protocol';
import { createLogin, type GrantedKey, type LoginOptions, openLogin } from '../login.ts';
import { randomToken } from '../random-token.ts';
import { parseSite } from '../site-url.ts';
import type { LoginStore } from './login-store.ts';

/** Options of `createServerLogins`. */
export interface ServerLoginsOptions extends Omit<LoginOptions, 'site'> {
  /** May be passed to `start` instead, if each user brings their own site. */
  readonly site?: string | URL | undefined;
  /** URL of the route of this server that calls `finish`. */
  readonly authRedirect: string;
  readonly store: LoginStore;
  /** How long a login stays valid, in seconds. @default 900 */
  readonly ttlSeconds?: number | undefined;
}

/** A started login. */
export interface StartedLogin {
  /** Redirect the browser to this URL. */
  readonly url: URL;
  /**
   * Set it as a cookie (`HttpOnly; Secure; SameSite=Lax`) or store it in the session: it ties the answer to this
   * browser. Hexadecimal digits and dots.
   */
  readonly browserToken: string;
}

/** The result of a login. */
export interface FinishedLogin extends GrantedKey {
  /** Normalized by `parseSite`. */
  readonly site: string;
}

/** Logins of a web app with a server. */
export interface ServerLogins {
  /**
   * Starts a login.
   *
   * @param changes options of this login, such as the site
   * @param earlier the current `browserToken` of this browser, if any: logins started in other tabs stay valid
   * @throws {ValetkeyError} `too_many_pending_logins` if the store is full: respond with 503
   */
  start(changes?: Partial<LoginOptions>, earlier?: string | null | undefined): Promise<StartedLogin>;
  /**
   * Decrypts the answer brought by a browser. Each answer is accepted once, and only in the browser that started the
   * login.
   *
   * An answer that cannot be decrypted changes nothing, because anybody can link to this route. `access_denied` ends
   * the newest login.
   *
   * @param browserToken from the cookie or session of this browser
   * @param address URL of the request, with query
   * @throws {ValetkeyError} `login_unknown`, and the errors of `openLogin`
   */
  finish(browserToken: string | null | undefined, address: string | URL): Promise<FinishedLogin>;
}

/**
 * Creates logins that connect the users of a web app to their accounts on a site. Each login has its own key pair.
 *
 * @see PROTOCOL.md#authorize, PROTOCOL.md#payload-delivery
 * @example
 * const logins = createServerLogins({ site, applicationName, scopes, authRedirect, store: createMemoryLoginStore() });
 * // GET /connect: const { url, browserToken } = await logins.start({}, cookie); set the cookie, redirect to url
 * // GET /callback: const { key } = await logins.finish(cookie, request.url);
 */
export function createServerLogins(options: ServerLoginsOptions): ServerLogins {
  const { store, ttlSeconds = 900, ...defaults } = options;

  const openKept = async (record: string, address: string): Promise<FinishedLogin> => {
    const { address: asked, site, ...login } = JSON.parse(record) as KeptLogin;
    return { ...(await openLogin({ ...login, url: new URL(asked) }, address, defaults)), site };
  };

  return {
    async start(changes = {}, earlier = null) {
      const asked = { ...defaults, ...changes };
      const site = parseSite(asked.site ?? '');
      const { url, ...login } = await createLogin({ ...asked, site });
      const id = randomToken();
      const kept: KeptLogin = { ...login, site, address: url.href };
      await store.put(id, JSON.stringify(kept), ttlSeconds);
      return { url, browserToken: [id, ...readIds(earlier)].slice(0, MAX_PENDING).join('.') };
    },
    async finish(browserToken, address) {
      let failure: unknown = null;
      for (const id of readIds(browserToken)) {
        const record = await store.find(id);
        if (record === null) continue;
        try {
          const finished = await openKept(record, String(address));
          // The same answer may arrive twice at the same time; it is accepted once.
          if ((await store.consume(id)) !== null) return finished;
        } catch (error) {
          // The error of the newest login is the most likely cause.
          failure ??= error;
          if (!(error instanceof ValetkeyError) || error.code !== 'access_denied') continue;
          await store.consume(id);
          break;
        }
      }
      throw failure ?? new ValetkeyError('login_unknown');
    },
  };
}

/** Maximum number of pending logins per browser. Closed tabs leave some behind. */
const MAX_PENDING = 5;

/** Returns the ids of the logins of a browser, the newest first. The cookie is untrusted input. */
function readIds(browserToken: string | null | undefined): readonly string[] {
  const ids = (browserToken ?? '').split('.').filter((id) => /^[0-9a-f]{32}$/.test(id));
  return [...new Set(ids)].slice(0, MAX_PENDING);
}

interface KeptLogin {
  readonly clientId: string;
  readonly nonce: string;
  readonly privateKey: string;
  readonly scopes: readonly string[];
  readonly site: string;
  readonly address: string;
}
