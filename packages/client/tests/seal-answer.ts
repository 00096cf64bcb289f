import { encodePayload, type Padding, type Payload, parsePublicKey } from '@valetkey/protocol';
import { sealPayload } from '@valetkey/protocol/seal';

/** The key in every payload. */
export const KEY = 'cd'.repeat(16);

/** Encrypts a response to a request. Old sites use `pkcs1`, whatever was requested. */
export function sealAnswer(url: URL, padding: Padding = 'oaep', changes: Partial<Payload> = {}): string {
  const { public_key: publicKey = '', nonce = '' } = Object.fromEntries(url.searchParams);
  const payload = { key: KEY, nonce, push: false, api: 4, expiresAt: null, ...changes };
  return sealPayload(encodePayload(payload), parsePublicKey(publicKey), padding);
}

/** Returns the URL that the browser is redirected to. */
export function answerAddress(url: URL, padding?: Padding): string {
  const back = new URL(url.searchParams.get('auth_redirect') ?? '');
  back.searchParams.set('payload', sealAnswer(url, padding));
  return back.href;
}
