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

/** The parameters of a key request. */
export interface LoginOptions {
  readonly site: string | URL;
  /** Shown to the user on the consent page. */
  readonly applicationName: string;
  readonly scopes: readonly string[];
  /** Those of `scopes` that the user may refuse. The site's `/user-api-key/current.json` names the granted ones. @default none */
  readonly optionalScopes?: readonly string[] | undefined;
  /** Stable id of this installation of the app; a user has one active key for each. @default a random id */
  readonly clientId?: string | undefined;
  /** Where the site sends its answer, a payload or an error; without it the user copies the payload. */
  readonly authRedirect?: string | undefined;
  /** @default 'oaep'; old sites ignore this option, and the client also decrypts their payloads */
  readonly padding?: Padding | undefined;
  readonly expiresInSeconds?: number | undefined;
  readonly pushUrl?: string | undefined;
  /** For runtimes without WebCrypto, such as React Native. */
  readonly crypto?: LoginCrypto | undefined;
}

/** A pending key request. Protect it like a key: its private key decrypts the answer. */
export interface Login {
  /** URL to open in the user's browser. */
  readonly url: URL;
  readonly clientId: string;
  readonly nonce: string;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
  /** The requested scopes. */
  readonly scopes: readonly string[];
}

/** A key issued by the site. */
export interface GrantedKey {
  readonly key: string;
  readonly clientId: string;
  /** The requested scopes. If some were optional, `/user-api-key/current.json` of the site names the granted ones. Empty if the login was stored without them. */
  readonly scopes: readonly string[];
  /** ISO 8601, UTC; null if the key does not expire. */
  readonly expiresAt: string | null;
  /** Whether the site will push notifications. */
  readonly push: boolean;
  /** Protocol version of the site. */
  readonly api: number;
}

/** The parts of a login that `openLogin` needs. The app decides how to store them. */
export interface PendingLogin {
  readonly clientId: string;
  readonly nonce: string;
  /** PEM, or a non-extractable `CryptoKey`; the latter decrypts OAEP only. */
  readonly privateKey: string | CryptoKey;
  /** From `createLogin`. The client uses them to distinguish a revoked key from a missing scope, on sites without error codes. */
  readonly scopes?: readonly string[] | undefined;
  /** From `createLogin`. The client uses it to distinguish a wrong key pair from a payload of another request. */
  readonly url?: URL | undefined;
}

/**
 * Creates a login: key pair, nonce and the URL for the browser. Sends nothing.
 *
 * @throws ValetkeyError `parameter_invalid` if the site is not an http(s) URL; `web_crypto_missing`
 * @see PROTOCOL.md#authorize-parameters
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

/** Creates a login for an existing key pair. */
export function buildLogin(options: LoginOptions, publicKey: string): Omit<Login, 'privateKey'> {
  const { crypto = webCrypto, site, applicationName, scopes, padding = 'oaep' } = options;
  const { authRedirect = null, expiresInSeconds = null, pushUrl = null, optionalScopes = null } = options;
  const nonce = crypto.randomToken();
  const clientId = options.clientId ?? crypto.randomToken();
  const asked = {
    applicationName,
    scopes,
    optionalScopes,
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
 * Decrypts the answer and compares the nonce, so that a key issued for another request is rejected.
 *
 * @param answer the payload as copied, or the whole URL that the site redirected to
 * @param options.crypto for runtimes without WebCrypto
 * @throws ValetkeyError `access_denied`; `sealed_payload_unreadable`, `sealed_payload_truncated`;
 *   `key_pair_mismatch` if the private key is not the one of this request; `payload_cannot_be_opened` if the payload
 *   was encrypted for another key or modified; `nonce_mismatch` if it belongs to another request;
 *   `payload_unreadable`
 * @see PROTOCOL.md#payload
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
    const details = { reason: 'own_crypto_failed' };
    throw new ValetkeyError('payload_cannot_be_opened', details, { cause: error });
  }
}
