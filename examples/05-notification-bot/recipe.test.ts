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
const tell = () => run(['bot.ts', '--once']);

/** Connects, and has told what was there before. */
async function watch(site: TestSite, as: string) {
  const ended = await connect(site, as);
  await tell();
  return ended;
}

/** Somebody else answers in a topic that `as` began. */
async function beginTopic(site: TestSite, as: string, title: string) {
  const topic = await post(site, as, { title, raw: 'The first post of this topic, long enough.' });
  return {
    address: `${site.url}/t/${topic.topic_id}`,
    reply: () => post(site, 'mona', { topic_id: topic.topic_id, raw: 'An answer that somebody waits for.' }),
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

test('tells what is new on each of several sites, once', async () => {
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
  const { stdout, ...ended } = await tell();
  expect(ended).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.split('\n').sort()).toEqual([
    '',
    `alice: mona in “A question of alice’s” ${topics[0].address}/2`,
    `bob: mona in “A question of bob’s” ${topics[1].address}/2`,
  ]);
  expect((await tell()).stdout).toBe('');
  await topics[1].reply();
  expect((await tell()).stdout).toBe(`bob: mona in “A question of bob’s” ${topics[1].address}/3\n`);
});

test('keeps its keys to its owner, and asks for no more than it needs', async () => {
  const [site] = sites;
  await watch(site, 'alice');
  expect(statSync(accounts).mode & 0o777).toBe(0o600);
  const [{ key }] = JSON.parse(readFileSync(accounts, 'utf8'));
  const headers = { 'User-Api-Key': key };
  expect((await fetch(`${site.url}/latest.json`, { headers })).status).toBe(403);
});

test('goes on with the other sites when one fails, and says why', async () => {
  const [one, two] = sites;
  await watch(one, 'alice');
  await watch(two, 'bob');
  await (await beginTopic(two, 'bob', 'A question of bob’s')).reply();
  await one.revokeKeys('alice');
  const { exitCode, stdout, stderr } = await tell();
  expect(exitCode).toBe(1);
  expect(stdout).toContain('bob: mona');
  expect(stderr).toMatch(new RegExp(`^${one.url}: .*revoked`));
});

test('waits for no site that is silent', async () => {
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
  expect(stdout).toMatch(/^alice: mona in .*\n$/);
  expect(stderr).toMatch(new RegExp(`^${address}: .*\\n$`));
});

test('lets no title command the terminal', async () => {
  const [site] = sites;
  await watch(site, 'alice');
  await (await beginTopic(site, 'alice', 'A title \u001b[2Jwith \u202ea command')).reply();
  expect((await tell()).stdout).toMatch(/^alice: mona in “[^\p{C}]+” \S+\n$/u);
});
