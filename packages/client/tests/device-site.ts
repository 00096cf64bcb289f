import { encodePayload, parsePublicKey } from '@valetkey/protocol';
import { sealPayload } from '@valetkey/protocol/seal';
import { expect } from 'vitest';
import { type DeviceLoginOptions, type DevicePrompt, deviceLogin } from '../src/index.ts';
import { createFakeClock } from './fake-clock.ts';

// The client loads these on demand. On a slow machine the fake clock would jump meanwhile, and a request time out.
import '../src/network-reasons.ts';
import '../src/refusal-reasons.ts';

/** The key in its payloads. */
export const KEY = 'ef'.repeat(16);
/** Its device code. */
export const CODE = 'a1'.repeat(32);
/** Its first response. */
export const GRANT = {
  device_code: CODE,
  user_code: 'WXYZ-2345',
  verification_uri: 'https://x.example/forum/user-api-key/activate',
  verification_uri_with_request: 'https://x.example/forum/user-api-key/activate?request=abcd_-12',
  expires_in: 600,
  interval: 5,
};

type Asked = Record<string, string>;
/**
 * A response of the test double: a response, a function of the request, `cut` for a network error, `hang` for no
 * response.
 */
export type Said = Response | ((asked: Asked) => Response) | 'cut' | 'hang';

/** A response with a status of RFC 8628. */
export const status = (word: string) => Response.json({ status: word });
/** The user has not approved yet. */
export const pending = () => status('authorization_pending');
/** Approved; the payload has the nonce of the request, or another one. */
export const authorized =
  (nonce?: string) =>
  (asked: Asked): Response => {
    const payload = { key: KEY, nonce: nonce ?? asked.nonce ?? '', push: false, api: 4, expiresAt: null };
    const sealed = sealPayload(encodePayload(payload), parsePublicKey(asked.public_key ?? ''), 'oaep');
    return Response.json({ status: 'authorized', payload: sealed });
  };

/**
 * Simulates a site with the device flow (PROTOCOL.md#device-flow): `start` is its first response, then `answers` in
 * order, then `pending`.
 */
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

/** A response that never arrives. */
export const hang = (signal?: AbortSignal | null): Promise<never> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
/** Returns the error of a rejected promise. */
export const failure = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);
