import { encodePayload, type Padding, type Payload, parsePublicKey } from '@valetkey/protocol';
import { sealPayload } from '@valetkey/protocol/seal';

/** The key in every answer. */
export const KEY = 'cd'.repeat(16);

/** What a site answers to a request, sealed; old ones with `pkcs1`, whatever was asked. */
export function sealAnswer(url: URL, padding: Padding = 'oaep', changes: Partial<Payload> = {}): string {
  const { public_key: publicKey = '', nonce = '' } = Object.fromEntries(url.searchParams);
  const payload = { key: KEY, nonce, push: false, api: 4, expiresAt: null, ...changes };
  return sealPayload(encodePayload(payload), parsePublicKey(publicKey), padding);
}

/** The address that a browser is led to with it. */
export function answerAddress(url: URL, padding?: Padding): string {
  const back = new URL(url.searchParams.get('auth_redirect') ?? '');
  back.searchParams.set('payload', sealAnswer(url, padding));
  return back.href;
}
