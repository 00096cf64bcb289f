import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createBrowser } from '@valetkey/test-support/browser';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startForum } from '../src/index.ts';
import { CHEAP_PASSWORDS } from '../src/testing/start-test-site.ts';
import { type ForumProcess, runMain } from './forum-process.ts';
import { createTestForum, json, PASSWORD } from './test-forum.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'forum-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const browserAt = (url: string) =>
  createBrowser((path, init) => fetch(url + path, { redirect: 'manual', ...init }));

test('startForum: serves over a socket', async () => {
  const started = await startForum({
    port: 0,
    host: '127.0.0.1',
    dataDir: null,
    passwordCost: CHEAP_PASSWORDS,
  });
  onTestFinished(() => started.close());
  expect(started.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const alice = browserAt(started.url);
  await alice.signIn('alice', PASSWORD);
  expect(await json(alice.get('/session/current.json'))).toMatchObject({
    current_user: { username: 'alice' },
  });
  const head = await fetch(`${started.url}/latest.json`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  const large = await alice.send('POST', '/posts.json', { raw: 'x'.repeat(1_100_000) });
  expect(large.status).toBe(413);
});

test.each(['0.0.0.0', '::', '192.168.1.7', 'forum.example', '127.0.0.1.evil.example'])(
  'startForum: rejects the host %s, which is not loopback',
  async (host) => {
    const start = startForum({ port: 0, host, dataDir: null, passwordCost: CHEAP_PASSWORDS });
    await expect(start).rejects.toThrow(/password of the demo accounts is public.*--host 127\.0\.0\.1/);
  },
);

test('restart: posts, sessions and settings are kept', async () => {
  const dataDir = await temporaryFolder();
  const first = await createTestForum({ dataDir });
  const alice = await first.signedIn('alice');
  const post = await json(alice.send('POST', '/posts.json', { topic_id: 1, raw: 'Written before the end.' }));
  await first.forum.valetkey.settings.set('cors_origins', 'https://app.example');
  const key = await first.issueKey('alice', 'read');
  await first.close();

  const second = await createTestForum({ dataDir });
  expect(await json(second.fetch(`/posts/${post.id}.json`))).toMatchObject({
    raw: 'Written before the end.',
  });
  expect(second.forum.valetkey.settings.current().cors_origins).toEqual(['https://app.example']);
  for (const headers of [{ cookie: alice.cookieHeader() }, { 'user-api-key': key }] as HeadersInit[]) {
    expect(await json(second.fetch('/session/current.json', { headers }))).toMatchObject({
      current_user: { username: 'alice' },
    });
  }
});

test('SIGKILL: every acknowledged write is kept, and the seed is not repeated', async () => {
  const dataDir = await temporaryFolder();
  const first = await runMain(['--port', '0', '--data', dataDir]);
  const alice = browserAt(await first.url());
  await alice.signIn('alice', PASSWORD);
  const post = await json(
    alice.send('POST', '/posts.json', { topic_id: 1, raw: 'Answered, and then killed.' }),
  );
  const { stats } = (await json(alice.get('/about.json'))).about;
  first.kill('SIGKILL');
  await first.ended;

  const second = await runMain(['--port', '0', '--data', dataDir]);
  const again = browserAt(await second.url());
  expect(await json(again.get(`/posts/${post.id}.json`))).toMatchObject({
    raw: 'Answered, and then killed.',
  });
  expect((await json(again.get('/about.json'))).about.stats).toEqual(stats);
  await stopsCleanly(second);
});

test('start: an invalid stored setting is an error that names it', async () => {
  const dataDir = await temporaryFolder();
  await (await createTestForum({ dataDir })).close();
  const database = new DatabaseSync(join(dataDir, 'valetkey.sqlite'));
  database.exec("INSERT INTO settings VALUES ('allow_user_api_key_scopes', 'read|<b>')");
  database.close();
  const refused = await runMain(['--port', '0', '--data', dataDir]);
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toMatch(/^Invalid stored value for the setting allow_user_api_key_scopes: .*\n$/);
});

test('failing job: reported on standard error while the forum serves', async () => {
  const dataDir = await temporaryFolder();
  const running = await runMain(['--port', '0', '--data', dataDir]);
  const url = await running.url();
  const database = new DatabaseSync(join(dataDir, 'valetkey.sqlite'));
  database.exec('DROP TABLE device_grants');
  database.close();
  await running.printed('The job device_grants failed: no such table');
  expect((await fetch(`${url}/latest.json`)).status).toBe(200);
  await stopsCleanly(running);
}, 20_000);

async function stopsCleanly(running: ForumProcess): Promise<void> {
  const begun = performance.now();
  running.kill('SIGTERM');
  expect(await running.ended).toBe(0);
  expect(performance.now() - begun).toBeLessThan(5_000);
}

test('SIGTERM: open requests are finished', async () => {
  const started = await startForum({
    port: 0,
    host: '127.0.0.1',
    dataDir: null,
    passwordCost: CHEAP_PASSWORDS,
  });
  const alice = browserAt(started.url);
  await alice.signIn('alice', PASSWORD);
  const body = JSON.stringify({ topic_id: 1, raw: 'Half of this comes after the end was asked for.' });
  const answer = Promise.withResolvers<number>();
  const slow = request(`${started.url}/posts.json`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-csrf-token': await alice.fetchCsrfToken(),
      cookie: alice.cookieHeader(),
    },
  });
  slow
    .on('response', (response) => answer.resolve(response.resume().statusCode ?? 0))
    .on('error', answer.reject);
  await new Promise((sent) => slow.write(body.slice(0, 20), sent));
  // After a response on another connection, the half-sent request has reached the forum too.
  await fetch(`${started.url}/latest.json`);
  const closed = started.close();
  slow.end(body.slice(20));
  expect(await answer.promise).toBe(200);
  await closed;
  await expect(fetch(started.url)).rejects.toThrow();
});

test('SIGTERM: a request that never ends is cut off after the grace period, without an error', async () => {
  const complaints = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => complaints.mockRestore());
  const started = await startForum({
    port: 0,
    host: '127.0.0.1',
    dataDir: null,
    passwordCost: CHEAP_PASSWORDS,
  });
  const stuck = request(`${started.url}/posts.json`, { method: 'POST', headers: { 'content-length': 100 } });
  const cutOff = new Promise((resolve) => stuck.on('error', resolve));
  await new Promise((sent) => stuck.write('{', sent));
  await fetch(`${started.url}/latest.json`);
  const begun = performance.now();
  await started.close();
  expect(performance.now() - begun).toBeLessThan(5_000);
  await cutOff;
  expect(complaints).not.toHaveBeenCalled();
});

test('npm start: prints accounts, next steps, and when it is ready', async () => {
  const forum = await runMain(['--port', '0', '--data', await temporaryFolder()]);
  await forum.url();
  expect(forum.output()).toMatch(
    /alice[\s\S]*valetkey-demo[\s\S]*Try next[\s\S]*\nlistening on http:\/\/127\.0\.0\.1:\d+\n$/,
  );
  await stopsCleanly(forum);
});

test('start: a data folder or port in use is an error', async () => {
  const dataDir = await temporaryFolder();
  const first = await runMain(['--port', '0', '--data', dataDir]);
  const { port } = new URL(await first.url());
  const sameFolder = await runMain(['--port', '0', '--data', dataDir]);
  expect([await sameFolder.ended, sameFolder.output()]).toEqual([
    1,
    expect.stringMatching(/^Another forum is using this data folder\..*--data\.\n$/),
  ]);
  const samePort = await runMain(['--port', port, '--data', await temporaryFolder()]);
  expect([await samePort.ended, samePort.output()]).toEqual([
    1,
    expect.stringMatching(/^Port \d+ is in use\..*--port.*\n$/),
  ]);
  await stopsCleanly(first);
});

test.each([
  [['--nonsense'], 2, /--nonsense/],
  [['--port', 'many'], 2, /--port must be a number/],
  [['--port', '65536'], 2, /--port must be a number/],
  [['stray'], 2, /stray/],
  [['--host', '0.0.0.0', '--port', '0'], 1, /listens only on this computer/],
  [['--help'], 0, /--port N[\s\S]*--host H[\s\S]*--data DIR/],
])('command line %j: exits with %i and a sentence', async (options, exitCode, sentence) => {
  const forum = await runMain(options);
  expect(await forum.ended).toBe(exitCode);
  expect(forum.output()).toMatch(sentence);
  expect(forum.output()).not.toMatch(/\n\s+at /);
});

test('--monitor: serves health and metrics on another port, and the site does not', async () => {
  const forum = await runMain(['--port', '0', '--data', await temporaryFolder(), '--monitor', '127.0.0.1:0']);
  const url = await forum.url();
  const monitor = /health and metrics on (http:\S+)/.exec(forum.output())?.[1];
  expect(await (await fetch(`${monitor}/readyz`)).json()).toMatchObject({ isReady: true, store: 'ok' });
  await fetch(`${url}/user-api-key/new`);
  const metrics = await (await fetch(`${monitor}/metrics`)).text();
  expect(metrics).toMatch(/^valetkey_build_info\{version="\d+\.\d+\.\d+"\} 1$/m);
  expect(metrics).toContain('valetkey_limits_shared 0');
  expect(metrics).toContain('endpoint="/user-api-key/new"');
  for (const path of ['/metrics', '/readyz', '/healthz']) expect((await fetch(url + path)).status).toBe(404);
});
