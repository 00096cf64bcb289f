import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decrypt, PUBLIC_KEY } from '@valetkey/test-support/app-request';
import {
  type Answered,
  everyCredential,
  findBadAnswers,
  isInHeader,
  METHODS,
  type PresentedKey,
  readAnswer,
} from '@valetkey/test-support/every-credential';
import { COUNTS_OF_USES, findChanged, readPrivileges, readTables } from '@valetkey/test-support/read-tables';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ROUTE_TABLE } from '../src/routes/route-table.ts';
import { createTestForum, json, PASSWORD } from './test-forum.ts';

/** A forum on disk, with the session, the user key and the admin key of an admin, both with every scope. */
async function createTemptingForum() {
  const dataDir = mkdtempSync(join(tmpdir(), 'forum-privileges-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const { forum, signedIn, issueKey, close } = await createTestForum({ dataDir });
  const { settings } = forum.valetkey;
  for (const name of [
    'max_user_api_reqs_per_minute',
    'max_user_api_reqs_per_day',
    'max_admin_api_reqs_per_minute',
  ])
    await settings.set(name, 100_000);
  const user = await issueKey('admin', 'write');
  const admin = await signedIn('admin');
  const request = { description: 'A script', username: 'admin', scope_mode: 'global' };
  const { key } = await json(admin.send('POST', '/admin/api/keys.json', { key: request }));
  const asked = {
    application_name: 'Phone',
    auth_redirect: 'discourse://auth_redirect',
    public_key: PUBLIC_KEY,
  };
  const { redirect_url } = await json(admin.send('POST', '/user-api-key/otp.json', asked));
  const sealed = new URL(redirect_url).searchParams.get('oneTimePassword') ?? '';
  return {
    dataDir,
    close,
    keys: { user, admin: key.key as string },
    session: { cookie: admin.cookieHeader(), csrfToken: await admin.fetchCsrfToken() },
    password: decrypt(sealed),
  };
}

/** The user with id 5 is suspended. */
const SAM = '5';

type TemptingForum = Awaited<ReturnType<typeof createTemptingForum>>;

/** The users, sessions and keys: everything that grants a privilege. */
const read = ({ dataDir }: TemptingForum) => {
  const { users, sessions } = Object.fromEntries(readPrivileges(join(dataDir, 'forum.sqlite')));
  return new Map([
    ...readPrivileges(join(dataDir, 'valetkey.sqlite')),
    ['users', users ?? ''],
    ['sessions', sessions ?? ''],
  ]);
};

/** Places of a user key that the routes read. */
const USING = new Set(['User-Api-Key', 'Authorization: Bearer']);

/** Returns the ids of all user keys, and of those with a count of uses. */
function readUsedKeys({ dataDir }: TemptingForum) {
  const tables = readTables(join(dataDir, 'valetkey.sqlite'));
  const idsIn = (table: string, column: string) => [
    ...new Set(tables.get(table)?.rows.map((row) => row[column])),
  ];
  return { keys: idsIn('user_api_keys', 'id'), used: idsIn(COUNTS_OF_USES, 'key_id') };
}

/** Requests every route with every method in both formats; without a key, each time in a new session. */
async function walk({ dataDir, session, password }: TemptingForum, key: PresentedKey | null) {
  const { headers, query } = key ?? { headers: {}, query: {} };
  // A form of another site sends the cookie but no CSRF token.
  const bringsToken = isInHeader({ query });
  const { forum, close } = await createTestForum({ dataDir });
  const answers = new Map<string, Answered>();
  const values = {
    login: 'alice',
    password: PASSWORD,
    allow_user_api_keys: 'false',
    suspend_until: '2999-01-01',
    reason: 'Sold ladders.',
  };
  let visitors = 0;
  for (const pattern of new Set(ROUTE_TABLE.map(({ path }) => path)))
    for (const method of METHODS)
      for (const format of ['', '.json']) {
        const path = pattern
          .replace(/:size\{[^}]+\}/, '48.svg')
          .replace(/:(?:id|post_number)\{[^}]+\}/g, SAM)
          .replace(':token', password)
          .replace(':name', 'allow_user_api_keys')
          .replace(/:\w+/g, 'admin');
        const hasBody = method !== 'GET' && method !== 'HEAD';
        visitors += 1;
        const { cookie, csrfToken } = (key ? null : await forum.openSession('admin')) ?? session;
        const token = bringsToken ? { 'x-csrf-token': csrfToken } : undefined;
        const response = await forum.fetch(
          new Request(`http://forum.example${path}${format}?${new URLSearchParams(query)}`, {
            method,
            headers: { cookie, 'content-type': 'application/json', ...token, ...headers },
            ...(hasBody && { body: JSON.stringify(values) }),
          }),
          { ipAddress: `10.0.${visitors >> 8}.${visitors & 255}` },
        );
        answers.set(`${method} ${pattern}${format}`, await readAnswer(response));
      }
  await close();
  return answers;
}

describe('privileges walk: a credential never gains from an admin’s cookie on any route and method', () => {
  const names = everyCredential({ user: '', admin: '' }, '').map(({ name }) => name);
  test.each(names)('by %s', { timeout: 120_000 }, async (name) => {
    const forum = await createTemptingForum();
    const credential = everyCredential(forum.keys, 'admin').find((presented) => presented.name === name);
    if (!credential) throw new Error(`There is no ${name}.`);
    await forum.close();
    const before = read(forum);
    const answers = await walk(forum, credential);
    expect(findChanged(before, read(forum))).toEqual([]);
    // Uses are counted for the presented key only, and it is the only one.
    const { keys: ids, used } = readUsedKeys(forum);
    expect(ids).toHaveLength(1);
    expect(used).toEqual(USING.has(name) ? ids : []);
    const { keys, session } = forum;
    const secrets = [keys.user, keys.admin, ...(isInHeader(credential) ? [session.csrfToken] : [])];
    expect(findBadAnswers(answers, secrets)).toEqual([]);
  });

  test('the same requests with the cookie alone change the compared state', async () => {
    const forum = await createTemptingForum();
    await forum.close();
    const before = read(forum);
    const answers = await walk(forum, null);
    expect(findChanged(before, read(forum))).toEqual([
      'audit_events',
      'change_counter',
      'changes',
      'one_time_passwords',
      'settings',
      'users',
      'sessions',
    ]);
    expect([...answers].filter(([, { setsCookie }]) => setsCookie).map(([request]) => request)).toEqual(
      expect.arrayContaining(['POST /session.json', 'POST /session/otp/:token', 'POST /login']),
    );
  });
});
