import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runMain } from './forum-process.ts';

const PATHS = [
  '/session',
  '/posts.json',
  '/user-api-key',
  '/user-api-key/revoke',
  '/user-api-key/device.json',
  '/user-api-key/device/poll',
  '/user-api-key-client',
  '/oauth/token',
  '/oauth/device_authorization',
];
const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  '',
];
const LENGTHS = ['Content-Length: 100', 'Transfer-Encoding: chunked'];

function abort(port: number, path: string, headers: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const request = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${headers}\r\n\r\n`;
    socket.write(`${request}5\r\n{"a":`, () => socket.destroy());
    socket.once('close', () => resolve());
  });
}

test('a POST that the client aborts: one line in the access log, no 500 and no stack', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'forum-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const forum = await runMain(['--port', '0', '--data', dataDir, '--access-log']);
  const url = await forum.url();
  const requests = PATHS.flatMap((path) =>
    TYPES.flatMap((type) =>
      LENGTHS.map((length) => ({ path, headers: type ? `Content-Type: ${type}\r\n${length}` : length })),
    ),
  );
  for (const { path, headers } of requests) await abort(Number(new URL(url).port), path, headers);
  await fetch(`${url}/latest.json`);
  await forum.printed('"path":"/latest.json","status":200');
  forum.kill('SIGTERM');
  await forum.ended;
  const lines = forum
    .output()
    .split('\n')
    .filter((line) => line.includes('"method":"POST"'));
  expect(lines.length).toBeGreaterThan(PATHS.length);
  expect(lines.length).toBeLessThanOrEqual(requests.length);
  expect(lines.filter((line) => /"status":5/.test(line))).toEqual([]);
  expect(forum.output()).not.toMatch(/\n\s+at |ECONNRESET|aborted/);
});
