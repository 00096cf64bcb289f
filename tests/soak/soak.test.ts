import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import { expect, onTestFinished, test } from 'vitest';
import { startHostileSite } from '../../examples/test-support/start-hostile-site.ts';
import { fuzz } from './fuzz.ts';
import { runLoad } from './load.ts';
import { sendRawRequests } from './raw-sockets.ts';
import { createReport } from './report.ts';
import { createRandom, type Target } from './target.ts';

/** A target whose phase ends after some requests. */
function createTarget(url: string, maxRequests: number): Target {
  const report = createReport();
  return { url, report, random: createRandom(1), isOver: () => report.requests >= maxRequests };
}

/** A site that answers every request in the same way. */
async function startSite(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('soak: 20 seconds of load and attacks break no promise, and print requests, times and memory', async () => {
  const soak = join(import.meta.dirname, 'soak.ts');
  const child = spawn(process.execPath, [soak, '--seconds', '20'], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const output = await text(child.stdout);
  expect(await exited, output).toEqual([0, null]);
  for (const kind of [
    'approve',
    'use',
    'revoke',
    'revoked key',
    'unknown key',
    'page',
    'device',
    'raw socket',
    'race',
    'slow input',
    'flood',
    'after kill -9',
  ])
    expect(output).toMatch(new RegExp(`^${kind} +(200|403|404) +\\d+$`, 'm'));
  expect(output).toMatch(/^p50, p99 +[\d.]+ ms, [\d.]+ ms/m);
  expect(output).toMatch(/^memory +\d+ MB at start, \d+ MB at end$/m);
  expect(output).toMatch(/^errors +none/m);
}, 120_000);

test('soak: reports a site that accepts revoked keys', async () => {
  const forum = await startForumProcess();
  onTestFinished(() => forum.stop());
  const body = { current_user: { username: 'alice' } };
  const hostile = await startHostileSite(forum.url, { row: 'GET /session/current.json', status: 200, body });
  const target = createTarget(hostile, 10);
  await runLoad(target);
  const broken = target.report.broken().join('\n');
  expect(broken).toContain('A revoked or unknown key is rejected.');
  expect(broken).toContain('An active key acts as its user.');
}, 60_000);

test.each([
  ['5xx responses', 500, '', 'No request gets a 5xx response.'],
  ['a stack', 400, 'Error: x\n    at run (file:///srv/app.ts:1:2)', 'No response contains a stack.'],
])('fuzz: reports %s', async (_name, status, body, promise) => {
  const target = createTarget(await startSite(status, body), 40);
  await fuzz(target);
  expect(target.report.broken().join('\n')).toContain(promise);
});

test.each([
  ['a response to a hidden request', '{"csrf":"x"}', 'A request cannot hide a second one.'],
  ['a foreign host', 'Go to http://evil.example/.', 'No response contains a foreign host.'],
])('raw sockets: reports %s', async (_name, body, promise) => {
  const target = createTarget(await startSite(200, body), 1);
  await sendRawRequests(target);
  expect(target.report.broken().join('\n')).toContain(promise);
});

test('report: percentiles are within 2 % of the measured times', () => {
  const report = createReport();
  for (let ms = 1; ms <= 1_000; ms += 1) report.count('use', 200, ms);
  for (const share of [0.5, 0.99]) {
    expect(report.percentile(share)).toBeGreaterThanOrEqual(share * 1_000);
    expect(report.percentile(share)).toBeLessThanOrEqual(share * 1_000 * 1.021);
  }
});
