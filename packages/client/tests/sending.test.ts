import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { createConnection, createLogin, deviceLogin, probeSite, ValetkeyError } from '../src/index.ts';
import { serve } from './serve.ts';

const KEY = 'ab'.repeat(16);
async function findClosedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => expect.unreachable(),
    (error: Error) => error,
  );
const connect = (fetch: typeof globalThis.fetch) =>
  createConnection({ site: 'https://x.example', key: KEY, fetch });

test.each<[string, RequestInit]>([
  ['a GET with a body', { body: 'x' }],
  ['a method that is none', { method: 'NO WAY' }],
  ['a body that flows, without duplex', { method: 'POST', body: new ReadableStream() }],
])('send: %s is a TypeError, not site_unreachable', async (_case, init) => {
  const failure = await failureOf(connect(async () => Response.json({})).send('/', init));
  expect(failure).toBeInstanceOf(TypeError);
  expect(failure.message).not.toContain(KEY);
});

test('send: rejects an invalid key without quoting it, and trims a line end', async () => {
  const echo = async (_url: unknown, init?: RequestInit) =>
    Response.json(new Headers(init?.headers).get('user-api-key'));
  const send = (key: string) => createConnection({ site: 'https://x.example', key, fetch: echo }).send('/');
  const failure = await failureOf(send(`${KEY}\n${KEY}`));
  expect(failure).toMatchObject({ code: 'parameter_invalid' });
  expect(failure.message).not.toContain(KEY);
  expect(await (await send(`${KEY}\n`)).json()).toBe(KEY);
});

test('send: rejects an invalid header without quoting it', async () => {
  const headers = { Authorization: 'Basic eDp5\neDp5' };
  const failure = await failureOf(
    createConnection({ site: 'https://x.example', key: KEY, headers }).send('/'),
  );
  expect(failure).toMatchObject({ code: 'parameter_invalid', message: expect.stringContaining('headers') });
  expect(failure.message).not.toContain('eDp5');
});

async function* flow() {
  yield new TextEncoder().encode('abc');
}

test.each([
  ['a stream', () => new Blob(['abc']).stream()],
  ['what Node takes for one', flow],
])('send: %s is sent once, not again after a retry or redirect', async (_case, createBody) => {
  const seen: unknown[] = [];
  const site = await serve(async (request, response) => {
    seen.push([request.url, await text(request)]);
    if (request.url === '/leads-on') response.writeHead(307, { location: '/' });
    else response.writeHead(429, { 'retry-after': '1' });
    response.end();
  });
  const clock = { now: () => 0, wait: async () => {} };
  const forum = createConnection({ site, key: KEY, maxWaitSeconds: 9, clock });
  const post = (path: string) => {
    const init = { method: 'POST', body: createBody() as ReadableStream, duplex: 'half' as const };
    return failureOf(forum.fetch(path, init));
  };
  expect(await post('/leads-on')).toMatchObject({ code: 'redirect_not_followed' });
  expect(await post('/limited')).toMatchObject({ status: 429 });
  expect(seen).toEqual([
    ['/leads-on', 'abc'],
    ['/limited', 'abc'],
  ]);
});

test('site_unreachable: has the error of the runtime as cause, but not that of an injected fetch', async () => {
  const failure = await failureOf(probeSite(`http://127.0.0.1:${await findClosedPort()}`));
  expect(failure).toMatchObject({ code: 'site_unreachable', cause: { message: 'fetch failed' } });
  expect(failure.message).toContain('the connection was refused');
  const telling = connect(async (_url, init) => {
    throw new Error(`cannot send ${new Headers(init?.headers).get('user-api-key')}`);
  });
  const quiet = await failureOf(telling.send('/'));
  expect(quiet).toMatchObject({ code: 'site_unreachable' });
  expect(quiet).not.toHaveProperty('cause');
});

test.each([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
])('site_unreachable: %s is an unknown certificate authority', async (code) => {
  const fetch = async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('TLS'), { code }) });
  };
  const failure = await failureOf(connect(fetch).send('/'));
  expect(failure.message).toContain('not signed by a trusted authority');
});

test('fetch: the signals of request and connection end the request and a wait', async () => {
  const site = await serve(() => {});
  const [one, all] = [new AbortController(), new AbortController()];
  const forum = createConnection({ site, key: KEY, signal: all.signal });
  const own = forum.send('/', { signal: one.signal });
  one.abort(new Error('this one'));
  expect(await failureOf(own)).toMatchObject({ message: 'this one' });
  const other = forum.send('/', { signal: new AbortController().signal });
  all.abort(new Error('all of them'));
  expect(await failureOf(other)).toMatchObject({ message: 'all of them' });

  const stop = new AbortController();
  const limited = async () => Response.json({ extras: { wait_seconds: 60 } }, { status: 429 });
  const clock = {
    now: () => 0,
    wait: (_ms: number, signal?: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        stop.abort(new Error('enough'));
      }),
  };
  const patient = createConnection({
    site,
    key: KEY,
    fetch: limited,
    clock,
    maxWaitSeconds: 90,
    signal: stop.signal,
  });
  const waiting = patient.fetch('/', { signal: new AbortController().signal });
  expect(await failureOf(waiting)).toMatchObject({ message: 'enough' });
});

test('options.headers: are sent with every request, and not to another origin after a redirect', async () => {
  const stolen: unknown[] = [];
  const thief = await serve((request, response) => {
    stolen.push(request.headers);
    response.end();
  });
  const seen: unknown[] = [];
  const site = await serve((request, response) => {
    seen.push([request.method, request.headers.authorization]);
    if (request.headers.authorization !== 'Basic eDp5') return response.writeHead(401).end();
    if (request.url === '/away' || request.method === 'HEAD')
      return response.writeHead(302, { location: `${thief}/` }).end();
    response.setHeader('content-type', 'application/json').end('{"current_user":{"id":1,"username":"a"}}');
  });
  const options = { headers: { Authorization: 'Basic eDp5' } };
  const forum = createConnection({ site, key: KEY, ...options });
  expect(await forum.whoami()).toMatchObject({ username: 'a' });
  expect(await failureOf(forum.fetch('/away'))).toMatchObject({ code: 'redirect_not_followed' });
  expect(await failureOf(probeSite(site, options))).toMatchObject({ code: 'site_answer_unexpected' });
  const device = deviceLogin({ site, applicationName: 'a', scopes: ['read'], onCode: () => {}, ...options });
  expect(await failureOf(device)).toMatchObject({ code: 'site_answer_unexpected' });
  expect(seen).toEqual([
    ['GET', 'Basic eDp5'],
    ['GET', 'Basic eDp5'],
    ['HEAD', 'Basic eDp5'],
    ['POST', 'Basic eDp5'],
  ]);
  expect(stolen).toEqual([]);
});

test('response: is read up to 2 MiB, an error response up to 64 KiB', async () => {
  const notes = 'x'.repeat(900_000);
  const large = connect(async () => Response.json({ current_user: { notes, id: 1, username: 'a' } }));
  expect(await large.whoami()).toEqual({ id: 1, username: 'a' });
  const site = await serve((_request, response) => {
    response.writeHead(422).end(JSON.stringify({ notes, errors: ['No.'] }));
  });
  const refusing = createConnection({ site, key: KEY });
  expect(await failureOf(refusing.fetch('/'))).toMatchObject({
    errors: ['The site responded with status 422.'],
  });
});

test('createLogin: names https if WebCrypto is missing', async () => {
  const { crypto } = globalThis;
  onTestFinished(
    () => void Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true }),
  );
  Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
  const login = createLogin({ site: 'http://x.example', applicationName: 'a', scopes: ['read'] });
  const failure = await failureOf(login);
  expect(failure).toBeInstanceOf(ValetkeyError);
  expect(failure).toMatchObject({ code: 'web_crypto_missing', message: expect.stringContaining('https') });
});
