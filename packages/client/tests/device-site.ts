import { encodePayload, parsePublicKey } from '@valetkey/protocol';
import { sealPayload } from '@valetkey/protocol/seal';
import { expect } from 'vitest';
import { type DeviceLoginOptions, type DevicePrompt, deviceLogin } from '../src/index.ts';
import { createFakeClock } from './fake-clock.ts';

/** The key in its answers. */
export const KEY = 'ef'.repeat(16);
/** Its device code. */
export const CODE = 'a1'.repeat(32);
/** What it hands out to begin with. */
export const GRANT = {
  device_code: CODE,
  user_code: 'WXYZ-2345',
  verification_uri: 'https://x.example/forum/user-api-key/activate',
  verification_uri_with_request: 'https://x.example/forum/user-api-key/activate?request=abcd_-12',
  expires_in: 600,
  interval: 5,
};

type Asked = Record<string, string>;
/** What the double says: an answer, what to make of the request, `cut` for no network, `hang` for none ever. */
export type Said = Response | ((asked: Asked) => Response) | 'cut' | 'hang';

/** How a code stands, in a word. */
export const status = (word: string) => Response.json({ status: word });
/** Nobody has typed the code yet. */
export const pending = () => status('authorization_pending');
/** Somebody approved; the payload has the nonce that was asked with, or another. */
export const authorized =
  (nonce?: string) =>
  (asked: Asked): Response => {
    const payload = { key: KEY, nonce: nonce ?? asked.nonce ?? '', push: false, api: 4, expiresAt: null };
    const sealed = sealPayload(encodePayload(payload), parsePublicKey(asked.public_key ?? ''), 'oaep');
    return Response.json({ status: 'authorized', payload: sealed });
  };

/** A site of section 8: answers the start with `start`, and the polls with `answers`, one by one, then `pending`. */
export function logIn(answers: Said[], changes: Partial<DeviceLoginOptions> = {}, start: unknown = GRANT) {
  const clock = createFakeClock();
  const startedAt = clock.now();
  const polledAt: number[] = [];
  const prompts: DevicePrompt[] = [];
  let asked: Asked = {};

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(String(input));
    const body = JSON.parse(String(init?.body));
    expect(new Headers(init?.headers).get('content-type')).toBe('application/json');
    expect(init).toMatchObject({ method: 'POST', credentials: 'omit', redirect: 'manual' });
    if (pathname === '/forum/user-api-key/device.json') {
      asked = body;
      if (start === 'hang') return hang(init?.signal);
      return start instanceof Response ? start : Response.json(start);
    }
    expect(pathname).toBe('/forum/user-api-key/device/poll.json');
    expect(body).toEqual({ device_code: CODE });
    polledAt.push((clock.now() - startedAt) / 1000);
    const said = answers.shift() ?? pending();
    if (said === 'cut') throw new TypeError('fetch failed');
    if (said === 'hang') return hang(init?.signal);
    return said instanceof Response ? said : said(asked);
  };

  const options: DeviceLoginOptions = {
    site: 'https://x.example/forum',
    applicationName: 'A television',
    scopes: ['read', 'write'],
    clientId: 'tv-1',
    onCode: (prompt) => void prompts.push(prompt),
    clock,
    fetch,
    ...changes,
  };
  return { granted: clock.run(deviceLogin(options)), polledAt, prompts, asked: () => asked, clock };
}

/** An answer that never comes. */
export const hang = (signal?: AbortSignal | null): Promise<never> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
/** What a promise was rejected with. */
export const failure = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);
