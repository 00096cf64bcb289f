import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import {
  createConnection,
  createLogin,
  createSchemeReceiver,
  deviceLogin,
  type LoginCrypto,
  openLogin,
  precheckRedirect,
  redirectLogin,
} from '../src/index.ts';
import { answerAddress, KEY, sealAnswer } from './seal-answer.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Like a native module of React Native: PKCS#1 PEM, asynchronous, without WebCrypto. */
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

test('login: uses injected crypto without WebCrypto', async () => {
  const login = await createLogin({ ...asked, clientId: 'phone' });
  const answer = sealAnswer(login.url);
  const foreign = sealAnswer((await createLogin(asked)).url);
  vi.stubGlobal('crypto', undefined);
  vi.stubGlobal('process', undefined);
  expect(login.nonce).toMatch(/^native-/);
  expect(await openLogin(login, answer, asked)).toMatchObject({ key: KEY, clientId: 'phone' });
  await expect(openLogin(login, foreign, asked)).rejects.toMatchObject({ code: 'payload_cannot_be_opened' });
});

test('deviceLogin: uses injected crypto without WebCrypto', async () => {
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

/** A response as in React Native: already read, without a stream, after all redirects. */
function bodyless(body: unknown, { url = '', status = 200 } = {}): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/html' : 'application/json';
  const headers = new Headers({ 'content-type': type });
  const ok = status < 400;
  return { ok, status, url, headers, type: 'default', text: async () => text } as Response;
}

/** Removes what React Native lacks in some versions. */
function takeAway(): void {
  for (const name of ['crypto', 'process', 'ReadableStream', 'DOMException', 'TextDecoder', 'TextEncoder'])
    vi.stubGlobal(name, undefined);
  // Request of Node uses streams; that of React Native does not.
  vi.stubGlobal('Request', class {});
  vi.stubGlobal('AbortSignal', Object.assign(Object.create(AbortSignal), { any: undefined }));
  vi.stubGlobal(
    'URL',
    class extends URL {
      static override canParse = undefined as unknown as typeof URL.canParse;
    },
  );
}

const SITE = 'https://x.example';

test('client: works without streams and recent platform features, as in React Native', async () => {
  const stop = new AbortController();
  takeAway();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input));
    if (url.pathname === '/user-api-key/new.json')
      return url.searchParams.get('auth_redirect') === 'not-an-address'
        ? bodyless({ state: 'generic_error' })
        : bodyless('<html>', { url: `${SITE}/login?return_to=/user-api-key/new.json` });
    if (init?.method === 'POST')
      return bodyless({ errors: ['No.'], code: 'scope_insufficient' }, { status: 403 });
    return bodyless({ current_user: { id: 1, username: 'alice' } }, { url: url.href });
  };
  const receiver = createSchemeReceiver('myapp://callback');
  const openBrowser = (url: URL) => receiver.receive(answerAddress(url));
  const granted = await redirectLogin(receiver, { ...asked, fetch, openBrowser, signal: stop.signal });
  const forum = createConnection({ site: SITE, ...granted, fetch, signal: stop.signal });
  expect(await forum.whoami()).toEqual({ id: 1, username: 'alice' });
  const posting = forum.fetch('/posts.json', { method: 'POST', body: 'x', signal: stop.signal });
  await expect(posting).rejects.toMatchObject({ errors: ['No.'], isKeyInactive: false });
  const aborted = new AbortController();
  const hanging = createConnection({
    site: SITE,
    key: KEY,
    signal: stop.signal,
    fetch: (_url, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))),
  });
  const ended = hanging.send('/', { signal: aborted.signal });
  aborted.abort(new Error('enough'));
  await expect(ended).rejects.toThrow('enough');
});

test('send: throws key_redirected if the runtime followed a redirect', async () => {
  const ledTo = (url: string) =>
    createConnection({ site: `${SITE}/forum`, key: KEY, fetch: async () => bodyless({}, { url }) }).fetch(
      '/a',
    );
  for (const url of ['https://evil.example/a', `${SITE}/elsewhere`, 'http://x.example/forum/a'])
    await expect(ledTo(url)).rejects.toMatchObject({ code: 'key_redirected' });
  expect((await ledTo(`${SITE}/forum/b`)).status).toBe(200);
});

test('precheckRedirect: an old site that redirects to its login confirms nothing', async () => {
  const login = await createLogin({ ...asked, authRedirect: 'myapp://callback' });
  const fetch = async () => bodyless('<html>', { url: `${SITE}/login` });
  expect(await precheckRedirect(login, { fetch })).toEqual({ kind: 'unconfirmed' });
});
