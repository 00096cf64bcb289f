import { createHash } from 'node:crypto';
import { json, refusalOf } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import { asAdmin, callWithAdminKey, KEYS, makeAdminKey } from './make-admin-key.ts';
import { readSection, rowsOf } from './read-section.ts';
import { test } from './target/contract-test.ts';

const DAY_MS = 86_400_000;
const INVALID = '403 invalid_api_credentials';

const userOf = async (answer: Promise<Response>) => (await json(answer)).current_user?.username;

const reply = (topic_id: number) => ({ topic_id, raw: 'Written by a script, at night.' });

/** What each granular scope opens, as a call that is refused with every other scope. */
const CALLS: Readonly<Record<string, readonly [method: string, path: string, body?: object]>> = {
  'topics:read': ['GET', '/t/1.json'],
  'topics:write': ['POST', '/posts.json', reply(1)],
  'posts:read': ['GET', '/posts/2.json'],
  'posts:edit': ['PUT', '/posts/2.json', { post: { raw: 'Twelve trees by now, and opinions.' } }],
  'posts:delete': ['DELETE', '/posts/2.json'],
  'users:show': ['GET', '/u/bob.json'],
  'search:query': ['GET', '/search.json?q=plum'],
  'categories:list': ['GET', '/categories.json'],
  'categories:show': ['GET', '/c/general/1.json'],
};

test('PROTOCOL.md#scopes-of-an-admin-key: each granular scope has its row in this table', () => {
  expect(Object.keys(CALLS)).toEqual(rowsOf(readSection('Scopes of an admin key')));
});

describe('using admin keys', () => {
  test('Api-Key with Api-Username: acts as the named user', async ({ site }) => {
    const { key } = await makeAdminKey(site);
    for (const username of ['alice', 'bob', 'admin'])
      expect(await userOf(callWithAdminKey(site, { key, username }, '/session/current.json'))).toBe(username);
    const answer = await json(
      callWithAdminKey(site, { key, username: 'alice' }, '/posts.json', { method: 'POST', body: reply(1) }),
    );
    expect(answer).toMatchObject({ username: 'alice', topic_id: 1 });
  });

  test('an admin key of one user: acts as that user only, with or without Api-Username', async ({ site }) => {
    const { key } = await makeAdminKey(site, { username: 'alice' });
    for (const name of ['alice', null])
      expect(await userOf(callWithAdminKey(site, { key, username: name }, '/session/current.json'))).toBe(
        'alice',
      );
    for (const name of ['bob', 'admin', ''])
      expect(await refusalOf(callWithAdminKey(site, { key, username: name }, '/latest.json'))).toBe(INVALID);
  });

  test('Api-Key: one answer for everything that is wrong, 403 invalid_api_credentials', async ({ site }) => {
    const all = await makeAdminKey(site);
    const revoked = await makeAdminKey(site);
    await asAdmin(site, 'POST', `${KEYS}/${revoked.id}/revoke.json`);
    const hash = createHash('sha256').update(all.key).digest('hex');
    const attempts: [string, string | null][] = [
      ['f'.repeat(64), 'alice'],
      ['hello', 'alice'],
      [hash, 'alice'],
      [all.key, null],
      [all.key, 'nobody'],
      [all.key, 'sam'],
      [revoked.key, 'alice'],
    ];
    const answers = attempts.map(([key, name]) =>
      callWithAdminKey(site, { key, username: name }, '/latest.json'),
    );
    const texts = await Promise.all(
      (await Promise.all(answers)).map(async (one) => [one.status, await one.text()]),
    );
    expect(new Set(texts.map(String)).size).toBe(1);
    expect(texts[0]).toEqual([403, expect.stringContaining('invalid_api_credentials')]);
  });

  test('scope_mode: global allows everything, read_only every GET and no change', async ({ site }) => {
    const global = await makeAdminKey(site);
    const readOnly = await makeAdminKey(site, { scope_mode: 'read_only' });
    for (const path of ['/t/1.json', '/notifications.json', '/u/alice.json', '/user-status.json']) {
      for (const { key } of [global, readOnly])
        expect((await callWithAdminKey(site, { key, username: 'alice' }, path)).status).toBe(200);
    }
    const write = (key: string) =>
      callWithAdminKey(site, { key, username: 'alice' }, '/posts.json', { method: 'POST', body: reply(1) });
    expect((await write(global.key)).status).toBe(200);
    expect(await refusalOf(write(readOnly.key))).toBe('403 scope_insufficient');
    expect(
      (
        await callWithAdminKey(site, { key: readOnly.key, username: 'alice' }, '/user-status.json', {
          method: 'DELETE',
        })
      ).status,
    ).toBe(403);
  });

  test.for(Object.keys(CALLS))(
    'the granular scope %s: allows its call and no other',
    async (scope_id, { site }) => {
      const { key } = await makeAdminKey(site, {
        username: 'admin',
        scope_mode: 'granular',
        scopes: [{ scope_id }],
      });
      for (const [other, [method, path, body]] of Object.entries(CALLS)) {
        const { status } = await callWithAdminKey(site, { key, username: null }, path, { method, body });
        expect([other, status]).toEqual([other, other === scope_id ? 200 : 403]);
      }
      expect((await callWithAdminKey(site, { key, username: null }, '/notifications.json')).status).toBe(403);
    },
  );

  test('a granular scope with values: allows those values and no others', async ({ site }) => {
    const scopes = [{ scope_id: 'topics:write', topic_id: '7,9' }];
    const { key } = await makeAdminKey(site, { username: 'alice', scope_mode: 'granular', scopes });
    const write = async (body: object) =>
      (await callWithAdminKey(site, { key, username: null }, '/posts.json', { method: 'POST', body })).status;
    expect([
      await write(reply(7)),
      await write({ ...reply(9), raw: 'And once more, to the other one.' }),
    ]).toEqual([200, 200]);
    for (const body of [
      reply(8),
      reply(77),
      { ...reply(7), topic_id: '7,9' },
      { title: 'New topic', raw: 'A whole new topic.' },
    ])
      expect(await write(body)).toBe(403);
    const twice = site.send('/posts.json?topic_id=7', {
      method: 'POST',
      headers: { 'Api-Key': key, 'Content-Type': 'application/json' },
      body: JSON.stringify(reply(8)),
    });
    expect((await twice).status).toBe(403);
  });

  test('max_admin_api_reqs_per_minute: 60 for each key, then 429', async ({ site, clock }) => {
    const [one, other] = [await makeAdminKey(site), await makeAdminKey(site)];
    const answers = await Promise.all(
      Array.from({ length: 70 }, () =>
        callWithAdminKey(site, { key: one.key, username: 'alice' }, '/user-status.json'),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('60');
    expect(refused?.headers.get('discourse-rate-limit-error-code')).toBe('admin_api_key_rate_limit');
    expect((await callWithAdminKey(site, { key: other.key, username: 'alice' }, '/latest.json')).status).toBe(
      200,
    );
    clock.advance(60_000);
    expect((await callWithAdminKey(site, { key: one.key, username: 'bob' }, '/latest.json')).status).toBe(
      200,
    );
  });

  test('revoke_api_keys_unused_days: the daily job revokes unused admin keys', async ({ site, clock }) => {
    const [used, unused] = [await makeAdminKey(site), await makeAdminKey(site)];
    clock.advance(100 * DAY_MS);
    await callWithAdminKey(site, { key: used.key, username: 'alice' }, '/latest.json');
    clock.advance(81 * DAY_MS);
    await clock.runDailyJobs();
    expect((await callWithAdminKey(site, { key: used.key, username: 'alice' }, '/latest.json')).status).toBe(
      200,
    );
    expect(
      await refusalOf(callWithAdminKey(site, { key: unused.key, username: 'alice' }, '/latest.json')),
    ).toBe(INVALID);
  });
});
