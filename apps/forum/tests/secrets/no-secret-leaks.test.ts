import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Fetch } from '@valetkey/test-support/browser';
import { findSecretShapes } from '@valetkey/test-support/secret-shapes';
import { expect, onTestFinished, test } from 'vitest';
import { runMain } from '../forum-process.ts';
import { type BusySite, createBusySite } from './busy-site.ts';
import { PLACES } from './misplaced-secrets.ts';
import { SECRET_KINDS, type SecretKindName } from './secret-kinds.ts';
import { createSecretLedger, type SecretLedger } from './secret-ledger.ts';

const PAGES = [
  '/admin/user-api-key-audit',
  '/admin/user-api-key-settings',
  '/admin/user-api-key-clients',
  '/admin/oauth-clients',
  '/admin/api/keys',
  '/u/alice/preferences/apps',
  '/u/alice/preferences/feeds',
];
const kinds = Object.keys(SECRET_KINDS) as SecretKindName[];

/** Runs forum processes on one data folder, and collects their output. */
async function createForums() {
  const dataDir = await mkdtemp(join(tmpdir(), 'forum-secrets-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const options = ['--port', '0', '--data', dataDir, '--access-log'];
  return {
    dataDir,
    async start() {
      const forum = await runMain([...options, '--dangerously-push-to-private-addresses']);
      const url = await forum.url();
      const reach = (path: string, init?: RequestInit) => fetch(url + path, { redirect: 'manual', ...init });
      const stop = async () => {
        forum.kill('SIGTERM');
        expect(await forum.ended).toBe(0);
        return forum.output();
      };
      return { forum, reach, stop };
    },
  };
}

test('secrets: no log, response, audit or file contains one, wherever it was sent', {
  timeout: 240_000,
}, async () => {
  const { dataDir, start } = await createForums();
  const ledger = createSecretLedger();
  const { forum, reach, stop } = await start();
  // No program listens on the discard port, so that pushes fail.
  const site = await createBusySite(reach, ledger, 'http://127.0.0.1:9/push');
  await forum.printed('A push to 127.0.0.1');
  ledger.note('mistyped password', randomBytes(24).toString('base64url'));
  for (const kind of kinds) {
    const secret = ledger.ofKind(kind).at(-1);
    if (secret === undefined) throw new Error(`No ${kind} was used.`);
    for (const [name, place] of Object.entries(PLACES)) {
      ledger.at(name);
      await place(secret, site);
    }
  }
  ledger.at('looking it over');
  for (const path of PAGES) {
    const browser = path.startsWith('/admin') ? site.admin : site.alice;
    for (const suffix of ['', '.json']) expect((await browser.get(path + suffix)).status).toBe(200);
  }
  // Also before the end, while the write-ahead logs exist.
  await expectCleanFiles(dataDir, ledger);
  const log = await stop();
  await expectCleanFiles(dataDir, ledger);

  const second = await start();
  breakStore(join(dataDir, 'valetkey.sqlite'));
  ledger.at('a store that fails');
  const fails = await failEverywhere(ledger.witness(second.reach), site);
  expect(new Set(fails)).toEqual(new Set([500]));
  const failures = await second.stop();
  expect(failures).toContain('no such table');

  expect(ledger.leaksInAnswers()).toEqual([]);
  expect(ledger.leaksInLog(log + failures)).toEqual([]);
  // Nor a secret that was never returned, such as a key that could not be stored.
  expect(findSecretShapes('the log', log + failures)).toEqual([]);
  expect(
    log.match(/^\{"time":"[\d.:TZ-]+","requestId":"[\da-f-]{36}","method":.*\}$/gm)?.length,
  ).toBeGreaterThan(1000);
});

async function expectCleanFiles(dataDir: string, ledger: SecretLedger): Promise<void> {
  for (const name of await readdir(dataDir))
    expect(ledger.leaksInFile(name, await readFile(join(dataDir, name)))).toEqual([]);
}

/** Makes every later operation of the store fail, as a full disk or a failed migration does. */
function breakStore(path: string): void {
  const database = new DatabaseSync(path);
  for (const table of ['user_api_keys', 'admin_api_keys', 'one_time_passwords'])
    database.exec(`DROP TABLE ${table}`);
  database.close();
}

/** Sends secrets to the failing store, and returns the statuses. */
async function failEverywhere(fetch: Fetch, { ask, live }: BusySite): Promise<number[]> {
  const form = (values: Record<string, string>) => ({
    method: 'POST',
    headers: { cookie: live.cookie, 'x-csrf-token': live.csrfToken },
    body: new URLSearchParams(values),
  });
  const redirect = { auth_redirect: 'discourse://auth_redirect' };
  const answers = [
    fetch('/latest.json', { headers: { 'user-api-key': live.userKeys[0] ?? '' } }),
    fetch('/latest', { headers: { 'user-api-key': live.userKeys[0] ?? '' } }),
    fetch('/latest.json', { headers: { 'api-key': live.adminKey, 'api-username': 'alice' } }),
    fetch(`/u/alice/bookmarks.ics?user_api_key=${live.feedKey}`),
    fetch(`/session/otp/${live.oneTimePassword}`),
    fetch(`/session/otp/${live.oneTimePassword}`, form({})),
    fetch('/user-api-key.json', form(ask())),
    fetch('/user-api-key', form(ask())),
    fetch('/user-api-key/otp.json', form({ ...ask(), ...redirect })),
    fetch('/calendar-subscriptions.json', form({})),
    fetch('/u/alice/preferences/api-keys/new', form({ application_name: 'x', scopes: 'read' })),
  ];
  return (await Promise.all(answers)).map(({ status }) => status);
}
