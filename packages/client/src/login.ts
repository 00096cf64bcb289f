import {
  buildKeyRequestUrl,
  encodeBase64,
  type Padding,
  parsePayload,
  parseSealedPayload,
  ValetkeyError,
} from '@valetkey/protocol';
import { checkKeyPair } from '@valetkey/protocol/open';
import { isSameText } from './is-same-text.ts';
import { type LoginCrypto, webCrypto } from './login-crypto.ts';

/** What an app asks for. */
export interface LoginOptions {
  readonly site: string | URL;
  /** What the person reads on the consent page. */
  readonly applicationName: string;
  readonly scopes: readonly string[];
  /** Stable for this installation of the app: a person has one live key for each. A random one if left out. */
  readonly clientId?: string | undefined;
  /** Where the site sends the answer; without it the person copies it. */
  readonly authRedirect?: string | undefined;
  /** @default 'oaep'; old sites ignore it, and what they send is opened all the same */
  readonly padding?: Padding | undefined;
  readonly expiresInSeconds?: number | undefined;
  readonly pushUrl?: string | undefined;
  /** Where the runtime has no WebCrypto, as React Native. */
  readonly crypto?: LoginCrypto | undefined;
}

/** A request for a key that waits for its answer. Keep it as secret as a key: it can open one. */
export interface Login {
  /** To be opened in the person's browser. */
  readonly url: URL;
  readonly clientId: string;
  readonly nonce: string;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
  /** What was asked for. */
  readonly scopes: readonly string[];
}

/** What the site handed out. */
export interface GrantedKey {
  readonly key: string;
  readonly clientId: string;
  /** What was asked for: a site grants all of it or nothing. Empty if the login was kept without. */
  readonly scopes: readonly string[];
  /** ISO 8601, UTC; null if the key does not expire. */
  readonly expiresAt: string | null;
  /** Whether notifications will be pushed. */
  readonly push: boolean;
  /** Version of the protocol that the site speaks. */
  readonly api: number;
}

/** What `openLogin` needs of a login; how it was kept meanwhile is the app's choice. */
export interface PendingLogin {
  readonly clientId: string;
  readonly nonce: string;
  /** PEM, or a `CryptoKey` that nobody can export; such a key opens OAEP only. */
  readonly privateKey: string | CryptoKey;
  /** As `createLogin` gave them: with them a dead key can be told from one that does not reach far enough. */
  readonly scopes?: readonly string[] | undefined;
  /** As `createLogin` gave it: with it a mix-up of key pairs can be told from a payload of somebody else. */
  readonly url?: URL | undefined;
}

/**
 * Makes everything for one login: key pair, nonce, and the address for the browser. Sends nothing.
 *
 * @throws ValetkeyError `parameter_invalid` if the site is no http(s) address; `web_crypto_missing`
 * @see PROTOCOL.md section 2
 * @example
 * ```ts
 * const login = await createLogin({ site: 'https://forum.example', applicationName: 'My app', scopes: ['read'] });
 * openInBrowser(login.url);
 * const { key } = await openLogin(login, await answerFromThePerson());
 * ```
 */
export async function createLogin(options: LoginOptions): Promise<Login> {
  const { crypto = webCrypto } = options;
  const { publicKey, privateKey } = await crypto.generateKeyPair();
  return { ...buildLogin(options, publicKey), privateKey };
}

/** The request of a login whose key pair was made elsewhere. */
export function buildLogin(options: LoginOptions, publicKey: string): Omit<Login, 'privateKey'> {
  const { crypto = webCrypto, site, applicationName, scopes, padding = 'oaep' } = options;
  const { authRedirect = null, expiresInSeconds = null, pushUrl = null } = options;
  const nonce = crypto.randomToken();
  const clientId = options.clientId ?? crypto.randomToken();
  const asked = {
    applicationName,
    scopes,
    clientId,
    nonce,
    padding,
    authRedirect,
    expiresInSeconds,
    pushUrl,
  };
  return { url: buildKeyRequestUrl(site, { ...asked, publicKey }), clientId, nonce, scopes };
}

/**
 * Opens what came back and compares the nonce, so that nobody can slip in a key that was made for another request.
 *
 * @param answer the payload, however it was copied, or the whole address that the site redirected to
 * @param options.crypto where the runtime has no WebCrypto
 * @throws ValetkeyError `access_denied`; `sealed_payload_unreadable`, `sealed_payload_truncated`; `key_pair_mismatch` if the
 *   private key is not the one of this request; `payload_cannot_be_opened` if it was made for somebody else or changed;
 *   `nonce_mismatch` if it answers another request; `payload_unreadable`
 * @see PROTOCOL.md section 3
 */
export async function openLogin(
  login: PendingLogin,
  answer: string,
  options: { readonly crypto?: LoginCrypto | undefined } = {},
): Promise<GrantedKey> {
  if (/[?&#]error=access_denied(?![^&#\s])/.test(answer)) throw new ValetkeyError('access_denied');
  const { nonce, ...granted } = parsePayload(await openAnswer(login, answer, options.crypto));
  if (!isSameText(nonce, login.nonce)) throw new ValetkeyError('nonce_mismatch');
  return { ...granted, clientId: login.clientId, scopes: login.scopes ?? [] };
}

async function openAnswer(login: PendingLogin, answer: string, crypto = webCrypto): Promise<string> {
  const sealed = encodeBase64(parseSealedPayload(answer));
  const { url, privateKey } = login;
  try {
    return await crypto.openPayload(sealed, privateKey);
  } catch (error) {
    const publicKey = url?.searchParams.get('public_key');
    if (publicKey && typeof privateKey === 'string') await checkKeyPair(publicKey, privateKey);
    if (error instanceof ValetkeyError) throw error;
    const reason = 'the crypto of this app does not open it';
    throw new ValetkeyError('payload_cannot_be_opened', { reason }, { cause: error });
  }
}
