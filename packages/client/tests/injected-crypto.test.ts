import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { createLogin, deviceLogin, type LoginCrypto, openLogin } from '../src/index.ts';
import { KEY, sealAnswer } from './seal-answer.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** As a native module of React Native offers it: PKCS#1 PEM, callbacks to the system, no WebCrypto anywhere. */
let count = 0;
const nativeCrypto: LoginCrypto = {
  async generateKeyPair() {
    return generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
  },
  randomToken() {
    count += 1;
    return `native-${count}`;
  },
  async openPayload(sealed, privateKey) {
    const key = { key: String(privateKey), padding: constants.RSA_PKCS1_OAEP_PADDING };
    return privateDecrypt(key, Buffer.from(sealed, 'base64')).toString();
  },
};
const asked = {
  site: 'https://x.example',
  applicationName: 'A phone',
  scopes: ['read'],
  crypto: nativeCrypto,
};

test('where there is no WebCrypto, a login runs on the crypto that the app brings', async () => {
  const login = await createLogin({ ...asked, clientId: 'phone' });
  const answer = sealAnswer(login.url);
  const foreign = sealAnswer((await createLogin(asked)).url);
  vi.stubGlobal('crypto', undefined);
  vi.stubGlobal('process', undefined);
  expect(login.nonce).toMatch(/^native-/);
  expect(await openLogin(login, answer, asked)).toMatchObject({ key: KEY, clientId: 'phone' });
  await expect(openLogin(login, foreign, asked)).rejects.toMatchObject({ code: 'payload_cannot_be_opened' });
});

test('so does a login by device code', async () => {
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const body = JSON.parse(String(init?.body));
    if (String(url).endsWith('poll.json')) return Response.json({ status: 'authorized', payload: sealed });
    sealed = sealAnswer(new URL(`https://x.example?${new URLSearchParams(body)}`));
    return Response.json({
      device_code: 'secret',
      user_code: 'WXYZ-2345',
      verification_uri: 'https://x.example/activate',
      expires_in: 600,
      interval: 1,
    });
  };
  let sealed = '';
  const clock = {
    now: () => 0,
    wait: async (milliseconds: number) => (milliseconds > 2000 ? new Promise<never>(() => {}) : undefined),
  };
  expect(await deviceLogin({ ...asked, fetch, clock, onCode: () => {} })).toMatchObject({ key: KEY });
});
