import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { root } from '../../tools/source-tree.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanups.splice(0)) cleanUp();
});

interface StartedCommand {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly url: string;
  /** Resolves when no process of the command is left: each of them holds the output open. */
  readonly ended: Promise<unknown>;
}

async function npmStart(): Promise<StartedCommand> {
  const data = mkdtempSync(join(tmpdir(), 'valetkey-shutdown-'));
  const child = spawn('npm', ['start', '--', '--port', '0', '--data', data], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = once(child, 'close');
  cleanups.push(() => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Every process of the group has ended.
    }
    rmSync(data, { recursive: true, force: true });
  });
  child.stderr.resume();
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^listening on (\S+)$/.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return { child, url, ended };
  }
  throw new Error('npm start ended before the forum was ready.');
}

/** Sends requests on one kept-alive connection until a response closes it. Rejects if the connection is reset. */
async function requestUntilClosed(url: string, onFirst: () => void): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  cleanups.push(() => agent.destroy());
  for (let count = 1; ; count += 1) {
    const [response] = await once(get(`${url}/latest.json`, { agent }), 'response');
    response.resume();
    await once(response, 'end');
    if (response.headers.connection === 'close') return count;
    if (count === 1) onFirst();
  }
}

const half = (port: string) =>
  `POST /session HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"login":`;

test('npm start: SIGTERM to npm ends the server, after the open requests and without resetting a connection', async () => {
  const { child, url, ended } = await npmStart();
  const { port } = new URL(url);
  const slow = connect(Number(port), '127.0.0.1');
  await once(slow, 'connect');
  slow.write(half(port));
  const count = await requestUntilClosed(url, () => child.kill('SIGTERM'));
  expect(count).toBeGreaterThan(1);
  let answer = '';
  slow.on('data', (chunk) => {
    answer += chunk;
  });
  slow.write('"alice"}   ');
  await once(slow, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(answer).toMatch(/^connection: close\r$/im);
  await ended;
  await expect(fetch(url)).rejects.toThrow();
}, 60_000);

test('npm start: a second signal does not cut open requests off, and a request that never ends is bounded', async () => {
  const { child, url, ended } = await npmStart();
  const { port } = new URL(url);
  const [slow, stuck] = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')];
  for (const socket of [slow, stuck]) {
    await once(socket, 'connect');
    socket.write(half(port));
  }
  await requestUntilClosed(url, () => {
    // Ctrl-C sends the signal to every process of the group, and npm sends it again.
    for (let count = 0; count < 2; count += 1) process.kill(-(child.pid ?? 0), 'SIGINT');
  });
  const answered = once(slow, 'data');
  slow.write('"alice"}   ');
  expect(String(await answered)).toMatch(/^HTTP\/1\.1 4\d\d /);
  await once(stuck.resume(), 'close');
  await ended;
}, 60_000);
