import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type LoopbackReceiver, listenOnLoopback } from '../src/node/index.ts';

let receiver: LoopbackReceiver;
afterEach(() => receiver.close());

/** Sends a raw request, which `fetch` would normalize. */
async function sendRaw(target: string, host?: string): Promise<string> {
  const { hostname, port } = new URL(receiver.authRedirect);
  const socket = connect(Number(port), hostname);
  socket.write(
    `GET ${target} HTTP/1.1\r\nHost: ${host ?? `${hostname}:${port}`}\r\nConnection: close\r\n\r\n`,
  );
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  await once(socket, 'close');
  return answer.split('\r\n')[0] ?? '';
}

test('loopback receiver: accepts one answer, shows a page and closes', async () => {
  receiver = await listenOnLoopback();
  const page = await fetch(`${receiver.authRedirect}?payload=abc%2B`);
  expect(await page.text()).toContain('close this page');
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(await receiver.answer).toBe(`${receiver.authRedirect}?payload=abc%2B`);
  await expect(fetch(`${receiver.authRedirect}?payload=second`)).rejects.toThrow();
});

test('loopback receiver: listens on 127.0.0.1 with a random path', async () => {
  const other = await listenOnLoopback();
  receiver = await listenOnLoopback();
  other.close();
  expect(receiver.authRedirect).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/);
  expect(new URL(receiver.authRedirect).pathname).not.toBe(new URL(other.authRedirect).pathname);
});

test('loopback receiver: ignores requests without an answer and with other methods', async () => {
  receiver = await listenOnLoopback();
  expect((await fetch(receiver.authRedirect)).status).toBe(400);
  expect((await fetch(`${receiver.authRedirect}?payload=x`, { method: 'POST' })).status).toBe(405);
  await fetch(`${receiver.authRedirect}?error=access_denied`);
  expect(await receiver.answer).toContain('error=access_denied');
});

test.each([
  ['/'],
  ['/favicon.ico'],
  ['//'],
  ['//evil.example/x?payload=1'],
  ['http://[/?payload=1'],
  ['/%00?payload=1'],
  ['*'],
])('loopback receiver: rejects %s and keeps listening', async (target) => {
  receiver = await listenOnLoopback();
  expect(await sendRaw(target)).toContain('404');
  await fetch(`${receiver.authRedirect}?payload=mine`);
  expect(await receiver.answer).toContain('payload=mine');
});

test('loopback receiver: rejects another host name (DNS rebinding)', async () => {
  receiver = await listenOnLoopback();
  const { pathname, port } = new URL(receiver.authRedirect);
  for (const host of [`evil.example:${port}`, `localhost:${port}`, '127.0.0.1']) {
    expect(await sendRaw(`${pathname}?payload=x`, host)).toContain('403');
  }
});

test('loopback receiver: stops when the signal aborts', async () => {
  const stop = new AbortController();
  receiver = await listenOnLoopback({ signal: stop.signal });
  stop.abort(new Error('too late'));
  await expect(receiver.answer).rejects.toThrow('too late');
  await expect(fetch(receiver.authRedirect)).rejects.toThrow();
});
