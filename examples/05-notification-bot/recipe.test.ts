import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestSite, type TestSite } from '@valetkey/forum/testing';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { runRecipe } from '../test-support/run-recipe.ts';

let sites: [TestSite, TestSite];
let accounts: string;

beforeEach(async () => {
  const home = mkdtempSync(join(tmpdir(), 'valetkey-bot-'));
  accounts = join(home, 'accounts.json');
  sites = [await startTestSite(), await startTestSite()];
  onTestFinished(async () => {
    for (const site of sites) await site.close();
    rmSync(home, { recursive: true });
  });
});

const run = (
  args: string[],
  onAddress = async (_address: string): Promise<string | undefined> => undefined,
  env: Readonly<Record<string, string>> = {},
) =>
  runRecipe({
    program: process.execPath,
    args,
    folder: import.meta.dirname,
    env: { BOT_ACCOUNTS: accounts, ...env },
    onAddress,
  });
const connect = (site: TestSite, as: string) =>
  run(['connect.ts', site.url], async (address) => `${(await site.approve(address, as)).payload}\n`);
const check = () => run(['bot.ts', '--once']);

/** Connects, and prints the existing notifications. */
async function watch(site: TestSite, as: string) {
  const ended = await connect(site, as);
  await check();
  return ended;
}

/** Creates a topic of `as`, to which another user can reply. */
async function beginTopic(site: TestSite, as: string, title: string) {
  const topic = await post(site, as, { title, raw: 'The first post of this topic, long enough.' });
  return {
    address: `${site.url}/t/${topic.topic_id}`,
    reply: () => post(site, 'mona', { topic_id: topic.topic_id, raw: 'A reply that is long enough.' }),
  };
}

async function post(site: TestSite, as: string, fields: Record<string, unknown>) {
  const key = await site.issueKey({ as, scopes: ['write'] });
  const headers = { 'User-Api-Key': key, 'Content-Type': 'application/json' };
  const body = JSON.stringify(fields);
  return (await fetch(`${site.url}/posts.json`, { method: 'POST', headers, body })).json() as Promise<{
    topic_id: number;
  }>;
}

test('bot: prints new notifications of several sites, each once', async () => {
  const [one, two] = sites;
  expect(await watch(one, 'alice')).toMatchObject({
    exitCode: 0,
    stdout: `The bot watches ${one.url} for alice.\n`,
  });
  await watch(two, 'bob');
  const topics = [
    await beginTopic(one, 'alice', 'A question of alice’s'),
    await beginTopic(two, 'bob', 'A question of bob’s'),
  ] as const;
  for (const topic of topics) await topic.reply();
  const { stdout, ...ended } = await check();
  expect(ended).toEqual({ exitCode: 0, stderr: '' });
  const noticeOf = (username: string) =>
    expect.stringMatching(`^${username}: “Test app”: You allowed an app`);
  expect(stdout.split('\n').sort()).toEqual([
    '',
    `alice: mona in “A question of alice’s” ${topics[0].address}/2`,
    noticeOf('alice'),
    `bob: mona in “A question of bob’s” ${topics[1].address}/2`,
    noticeOf('bob'),
  ]);
  expect((await check()).stdout).toBe('');
  await topics[1].reply();
  expect((await check()).stdout).toBe(`bob: mona in “A question of bob’s” ${topics[1].address}/3\n`);
});

test('connect: stores keys with mode 0600, and requests only the scopes it needs', async () => {
  const [site] = sites;
  await watch(site, 'alice');
  expect(statSync(accounts).mode & 0o777).toBe(0o600);
  const [{ key }] = JSON.parse(readFileSync(accounts, 'utf8'));
  const headers = { 'User-Api-Key': key };
  expect((await fetch(`${site.url}/latest.json`, { headers })).status).toBe(403);
});

test('bot: reports a failing site and checks the others', async () => {
  const [one, two] = sites;
  await watch(one, 'alice');
  await watch(two, 'bob');
  await (await beginTopic(two, 'bob', 'A question of bob’s')).reply();
  await one.revokeKeys('alice');
  const { exitCode, stdout, stderr } = await check();
  expect(exitCode).toBe(1);
  expect(stdout).toContain('bob: mona');
  expect(stderr).toMatch(new RegExp(`^${one.url}: .*revoked`));
});

test('bot: a site that does not respond does not delay the others', async () => {
  const [site] = sites;
  await watch(site, 'alice');
  await (await beginTopic(site, 'alice', 'A question of alice’s')).reply();
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => void silent.close().closeAllConnections());
  const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const known = JSON.parse(readFileSync(accounts, 'utf8'));
  writeFileSync(accounts, JSON.stringify([{ ...known[0], site: address, key: 'another' }, ...known]));
  const { exitCode, stdout, stderr } = await run(['bot.ts', '--once'], undefined, {
    BOT_TIMEOUT_SECONDS: '2',
  });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^alice: mona in .*$/m);
  expect(stderr).toMatch(new RegExp(`^${address}: .*\\n$`));
});

test('bot: removes control characters from titles', async () => {
  const [site] = sites;
  await watch(site, 'alice');
  await (await beginTopic(site, 'alice', 'A title \u001b[2Jwith \u202ea command')).reply();
  expect((await check()).stdout).toMatch(/^alice: mona in “[^\p{C}]+” \S+$/mu);
});
