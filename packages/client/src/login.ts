import { buildKeyRequestUrl, type Padding, parsePayload, ValetkeyError } from '@valetkey/protocol';
import { openPayload } from '@valetkey/protocol/open';
import { isSameText } from './is-same-text.ts';
import { generateKeyPair } from './key-pair.ts';
import { randomToken } from './random-token.ts';

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
}

/** A request for a key that waits for its answer. Keep it as secret as a key: it can open one. */
export interface Login {
  /** To be opened in the person's browser. */
  readonly url: URL;
  readonly clientId: string;
  readonly nonce: string;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
}

/** What the site handed out. */
export interface GrantedKey {
  readonly key: string;
  readonly clientId: string;
  /** ISO 8601, UTC; null if the key does not expire. */
  readonly expiresAt: string | null;
  /** Whether notifications will be pushed. */
  readonly push: boolean;
  /** Version of the protocol that the site speaks. */
  readonly api: number;
}

/**
 * Makes everything for one login: key pair, nonce, and the address for the browser. Sends nothing.
 *
 * @throws ValetkeyError `parameter_invalid` if the site is no http(s) address
 * @see PROTOCOL.md section 2
 * @example
 * ```ts
 * const login = await createLogin({ site: 'https://forum.example', applicationName: 'My app', scopes: ['read'] });
 * openInBrowser(login.url);
 * const { key } = await openLogin(login, await answerFromThePerson());
 * ```
 */
export async function createLogin(options: LoginOptions): Promise<Login> {
  const { site, applicationName, scopes, clientId = randomToken(), padding = 'oaep' } = options;
  const { authRedirect = null, expiresInSeconds = null, pushUrl = null } = options;
  const { publicKey, privateKey } = await generateKeyPair();
  const nonce = randomToken();
  const request = {
    applicationName,
    scopes,
    clientId,
    nonce,
    publicKey,
    padding,
    authRedirect,
    expiresInSeconds,
    pushUrl,
  };
  const url = buildKeyRequestUrl(site, request);
  return { url, clientId, nonce, privateKey };
}

/**
 * Opens what came back and compares the nonce, so that nobody can slip in a key that was made for another request.
 *
 * @param answer the payload, however it was copied, or the whole address that the site redirected to
 * @throws ValetkeyError `access_denied`, `sealed_payload_unreadable`, `payload_cannot_be_opened`, `payload_unreadable`, `nonce_mismatch`
 * @see PROTOCOL.md section 3
 */
export async function openLogin(login: Login, answer: string): Promise<GrantedKey> {
  if (/[?&#]error=access_denied(?![^&#\s])/.test(answer)) throw new ValetkeyError('access_denied');
  const { nonce, ...granted } = parsePayload(await openPayload(answer, login.privateKey));
  if (!isSameText(nonce, login.nonce)) throw new ValetkeyError('nonce_mismatch');
  return { ...granted, clientId: login.clientId };
}
