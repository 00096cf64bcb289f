import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startForum } from '../src/index.ts';
import { CHEAP_PASSWORDS } from '../src/testing/start-test-site.ts';

const MEGABYTE = 1_048_576;

async function send(request: string): Promise<string> {
  const { url, close } = await startForum({
    port: 0,
    host: '127.0.0.1',
    dataDir: null,
    passwordCost: CHEAP_PASSWORDS,
  });
  onTestFinished(close);
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(request.replace('HOST', `${hostname}:${port}`));
  return text(socket);
}

const head =
  'POST /posts.json HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nContent-Type: application/json\r\n';

test('body limit: rejects an announced length above a megabyte before the body arrives', async () => {
  const response = await send(`${head}Content-Length: ${MEGABYTE + 1}\r\n\r\n`);
  expect(response).toMatch(/^HTTP\/1\.1 413 /);
  expect(response).toContain('larger than 1048576 bytes');
});

test('body limit: rejects a chunked body above a megabyte', async () => {
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  const response = await send(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(17)}0\r\n\r\n`);
  expect(response).toMatch(/^HTTP\/1\.1 413 /);
});

test('body limit: accepts a chunked body below it', async () => {
  const response = await send(`${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`);
  expect(response).toMatch(/^HTTP\/1\.1 403 /);
  expect(response).toContain('not_logged_in');
});

test.each([
  ['of a known length', 'Content-Length: 100\r\n\r\n{"raw"'],
  ['in chunks', 'Transfer-Encoding: chunked\r\n\r\n64\r\n{"raw"'],
])('body %s that the client cuts off: prints no error of the forum', async (_, rest) => {
  const printed = vi.spyOn(console, 'error');
  const { url, close } = await startForum({
    port: 0,
    host: '127.0.0.1',
    dataDir: null,
    passwordCost: CHEAP_PASSWORDS,
  });
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(head.replace('HOST', `${hostname}:${port}`) + rest);
  await (await fetch(`${url}/latest.json`)).text();
  socket.destroy();
  await close();
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});
