import { ValetkeyError } from '@valetkey/protocol';
import { generateBoundKeyPair } from '../key-pair.ts';
import { buildLogin, type GrantedKey, type LoginOptions, openLogin } from '../login.ts';
import { type LoginCrypto, webCrypto } from '../login-crypto.ts';
import { parseSite } from '../site-url.ts';
import { type BrowserLoginStore, createLoginDatabase, type StoredBrowserLogin } from './login-database.ts';

/** Options of `startLogin`. */
export interface StartLoginOptions extends Omit<LoginOptions, 'authRedirect'> {
  /**
   * URL of the page that receives the answer. @default this page without its query; null: the user copies the answer
   */
  readonly authRedirect?: string | null | undefined;
  /**
   * For sites that ignore `padding=oaep`: stores the private key as text, which scripts of this origin can read.
   *
   * @default false
   */
  readonly forOldSites?: boolean | undefined;
  /** How long the login stays valid, in seconds; then the private key is deleted. @default 900 */
  readonly ttlSeconds?: number | undefined;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined;
  /** @default createLoginDatabase() */
  readonly store?: BrowserLoginStore | undefined;
}

/** Options of `finishLogin`. */
export interface FinishLoginOptions {
  /** The answer pasted by the user. @default the URL of this page */
  readonly answer?: string | undefined;
  readonly crypto?: LoginCrypto | undefined;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined;
  /** @default createLoginDatabase() */
  readonly store?: BrowserLoginStore | undefined;
}

/** A key and its site. */
export interface BrowserGrant extends GrantedKey {
  /** Normalized by `parseSite`. */
  readonly site: string;
}

/** Maximum number of pending logins. Closed tabs leave some behind. */
const MAX_PENDING = 5;

/**
 * Starts a login in a web page. The private key stays in this browser and is not extractable, not even by a script
 * injected later.
 *
 * @returns the URL to send the user to
 * @throws {ValetkeyError} `parameter_invalid` if the site is not an http(s) URL; `web_crypto_missing` in a page
 *   without https
 * @see PROTOCOL.md#authorize
 * @example button.onclick = async () => location.assign(await startLogin({ site, applicationName, scopes: ['read'] }));
 */
export async function startLogin(options: StartLoginOptions): Promise<URL> {
  const { authRedirect, forOldSites = false, ttlSeconds = 900, now = Date.now, ...asked } = options;
  const { store = createLoginDatabase() } = options;
  const site = parseSite(options.site);
  const { publicKey, privateKey } =
    forOldSites || asked.crypto
      ? await (asked.crypto ?? webCrypto).generateKeyPair()
      : await generateBoundKeyPair();
  const here = authRedirect === undefined ? location.origin + location.pathname : authRedirect;
  const { url, ...login } = buildLogin({ ...asked, site, authRedirect: here ?? undefined }, publicKey);
  for (const { id } of (await listPending(store, now())).slice(0, 1 - MAX_PENDING)) await store.remove(id);
  await store.add({ ...login, privateKey, site, pendingUntil: now() + ttlSeconds * 1000 });
  return url;
}

/**
 * Finishes a login, once. Removes the answer from the URL first, before other scripts can read it.
 *
 * Only the browser that started the login has the private key and the nonce. An answer injected into another browser
 * cannot be decrypted, and pending logins stay valid. `access_denied` ends the newest login.
 *
 * @returns null if the URL contains no answer
 * @throws {ValetkeyError} `login_unknown` if no login is pending or it has expired, and the errors of `openLogin`
 * @see PROTOCOL.md#payload-delivery
 * @example
 * const granted = await finishLogin();
 * if (granted) showForum(createConnection(granted));
 */
export async function finishLogin(options: FinishLoginOptions = {}): Promise<BrowserGrant | null> {
  const { crypto, now = Date.now, store = createLoginDatabase() } = options;
  const answer = options.answer ?? takeAnswerFromUrl();
  if (answer === null) return null;
  const waiting = [...(await listPending(store, now()))].reverse();
  let failure: unknown = new ValetkeyError('login_unknown');
  for (const [index, { id, site, pendingUntil: _, ...login }] of waiting.entries()) {
    try {
      const granted = await openLogin(login, answer, { crypto });
      // Another tab may have been faster. Only one of them gets the key.
      if (await store.remove(id)) return { ...granted, site };
    } catch (error) {
      // The error of the newest login is the most likely cause.
      if (index === 0) failure = error;
      if (!(error instanceof ValetkeyError) || error.code !== 'access_denied') continue;
      await store.remove(id);
      break;
    }
  }
  throw failure;
}

/** Returns pending logins, the newest last. Removes expired ones. */
async function listPending(store: BrowserLoginStore, now: number): Promise<readonly StoredBrowserLogin[]> {
  const all = await store.list();
  // Logins stored by earlier versions have no expiry and count as expired.
  const isLive = ({ pendingUntil }: StoredBrowserLogin): boolean => pendingUntil > now;
  for (const login of all) if (!isLive(login)) await store.remove(login.id);
  return all.filter(isLive);
}

function takeAnswerFromUrl(): string | null {
  const { href } = location;
  const url = new URL(href);
  const query = url.searchParams;
  if (!query.has('payload') && query.get('error') !== 'access_denied') return null;
  for (const name of ['payload', 'oneTimePassword', 'error']) query.delete(name);
  history.replaceState(history.state, '', url);
  return href;
}
