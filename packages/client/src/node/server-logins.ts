import { ValetkeyError } from '@valetkey/protocol';
import { createLogin, type GrantedKey, type LoginOptions, openLogin } from '../login.ts';
import { randomToken } from '../random-token.ts';
import { parseSite } from '../site-url.ts';
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
  /**
   * To be set as a cookie (`HttpOnly; Secure; SameSite=Lax`) or kept in the session: it ties the answer to this browser. Hexadecimal
   * digits and dots.
   */
  readonly browserToken: string;
}

/** What came of a login. */
export interface FinishedLogin extends GrantedKey {
  /** As `parseSite` spells it. */
  readonly site: string;
}

/** Logins of a web app with a server. */
export interface ServerLogins {
  /**
   * @param changes what differs for this login, such as the site
   * @param earlier the `browserToken` that this browser has, if any: what it began in another tab goes on waiting
   */
  start(changes?: Partial<LoginOptions>, earlier?: string | null | undefined): Promise<StartedLogin>;
  /**
   * Opens the answer that a browser brought. It counts once, and in the browser that began. What does not open leaves
   * everything as it was, for any link can lead here; a no ends the newest login.
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
          // The same answer may be here twice at this instant: it counts once.
          if ((await store.consume(id)) !== null) return finished;
        } catch (error) {
          // What the newest has to say is most likely what is wrong.
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

/** As many logins may wait in one browser: tabs that were closed leave theirs behind. */
const MAX_PENDING = 5;

/** The logins that a browser has begun, the newest first. What the cookie holds is anybody's text. */
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
