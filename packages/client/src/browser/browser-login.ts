import { ValetkeyError } from '@valetkey/protocol';
import { generateBoundKeyPair } from '../key-pair.ts';
import { buildLogin, type GrantedKey, type LoginOptions, openLogin } from '../login.ts';
import { type LoginCrypto, webCrypto } from '../login-crypto.ts';
import { parseSite } from '../site-url.ts';
import { type BrowserLoginStore, createLoginDatabase, type StoredBrowserLogin } from './login-database.ts';

/** What a page asks for. */
export interface StartLoginOptions extends Omit<LoginOptions, 'authRedirect'> {
  /** This page, without its query, if left out; null to have the person copy the answer. */
  readonly authRedirect?: string | null | undefined;
  /**
   * For sites that ignore `padding=oaep`: keeps the private key as text, which scripts of this origin can read.
   *
   * @default false
   */
  readonly forOldSites?: boolean | undefined;
  /** How long the person may take, in seconds; after that the private key is forgotten. @default 900 */
  readonly ttlSeconds?: number | undefined;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined;
  /** @default createLoginDatabase() */
  readonly store?: BrowserLoginStore | undefined;
}

/** Where the answer is. */
export interface FinishLoginOptions {
  /** What the person pasted; the address of this page if left out. */
  readonly answer?: string | undefined;
  readonly crypto?: LoginCrypto | undefined;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined;
  /** @default createLoginDatabase() */
  readonly store?: BrowserLoginStore | undefined;
}

/** A key, and the site that it is for. */
export interface BrowserGrant extends GrantedKey {
  /** As `parseSite` spells it. */
  readonly site: string;
}

/** As many logins may wait: tabs that were closed leave theirs behind. */
const MAX_PENDING = 5;

/**
 * Begins a login in a web page. The private key stays in this browser and cannot be exported, not even by a script that
 * somebody slips into the page later.
 *
 * @returns the address to send the person to
 * @throws {ValetkeyError} `parameter_invalid` if the site is no web address; `web_crypto_missing` in a page without https
 * @see PROTOCOL.md section 2
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
 * Finishes a login, once. Takes the answer out of the page's address at once, before anything else can read or send it. Only the
 * browser that began has the private key and the nonce, so an answer that was slipped to another one opens nothing, and leaves what
 * waits here as it was; a no ends the newest login.
 *
 * @returns null if the address holds no answer: the page was opened as always
 * @throws {ValetkeyError} `login_unknown` if no login waits here or its time is over, and those of `openLogin`
 * @see PROTOCOL.md section 3
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
      // Another tab may have been faster: the answer counts once.
      if (await store.remove(id)) return { ...granted, site };
    } catch (error) {
      // What the newest has to say is most likely what is wrong.
      if (index === 0) failure = error;
      if (!(error instanceof ValetkeyError) || error.code !== 'access_denied') continue;
      await store.remove(id);
      break;
    }
  }
  throw failure;
}

/** Those whose time is not over, the newest last; the others are forgotten. */
async function listPending(store: BrowserLoginStore, now: number): Promise<readonly StoredBrowserLogin[]> {
  const all = await store.list();
  // Those that were kept before there was such a time are over too.
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
