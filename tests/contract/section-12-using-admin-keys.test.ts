import { discourseAdminScopes, hashKey } from '@valetkey/server';
import { expect, test } from 'vitest';
import { asAdmin, callWithAdminKey, KEYS, makeAdminKey } from './make-admin-key.ts';
import { readSection, rowsOf } from './read-section.ts';
import { describeContract, json, refusal } from './running-forum.ts';

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

test('every granular scope has its row: in the contract, in the code and in this table', () => {
  expect(Object.keys(CALLS)).toEqual(rowsOf(readSection('Scopes of an admin key')));
  expect(Object.keys(CALLS)).toEqual(Object.keys(discourseAdminScopes));
});

describeContract('section 12, using admin keys', (start) => {
  test('Api-Key with Api-Username: acts as whom it names', async () => {
    const forum = await start();
    const { key } = await makeAdminKey(forum);
    for (const username of ['alice', 'bob', 'admin'])
      expect(await userOf(callWithAdminKey(forum, key, username, '/session/current.json'))).toBe(username);
    const answer = await json(callWithAdminKey(forum, key, 'alice', '/posts.json', 'POST', reply(1)));
    expect(answer).toMatchObject({ username: 'alice', topic_id: 1 });
  });

  test('bound to one user: acts as nobody else, with or without the name', async () => {
    const forum = await start();
    const { key } = await makeAdminKey(forum, { username: 'alice' });
    for (const name of ['alice', null])
      expect(await userOf(callWithAdminKey(forum, key, name, '/session/current.json'))).toBe('alice');
    for (const name of ['bob', 'admin', ''])
      expect(await refusal(callWithAdminKey(forum, key, name, '/latest.json'))).toBe(INVALID);
  });

  test('wrong → 403 invalid_api_credentials, whatever is wrong', async () => {
    const forum = await start();
    const all = await makeAdminKey(forum);
    const revoked = await makeAdminKey(forum);
    await asAdmin(forum, 'POST', `${KEYS}/${revoked.id}/revoke.json`);
    const [hash] = [hashKey(all.key)];
    const attempts: [string, string | null][] = [
      ['f'.repeat(64), 'alice'],
      ['hello', 'alice'],
      [hash, 'alice'],
      [all.key, null],
      [all.key, 'nobody'],
      [all.key, 'sam'],
      [revoked.key, 'alice'],
    ];
    const answers = attempts.map(([key, name]) => callWithAdminKey(forum, key, name, '/latest.json'));
    const texts = await Promise.all(
      (await Promise.all(answers)).map(async (one) => [one.status, await one.text()]),
    );
    expect(new Set(texts.map(String)).size).toBe(1);
    expect(texts[0]).toEqual([403, expect.stringContaining('invalid_api_credentials')]);
  });

  test('global reaches everything, read-only every GET and nothing that changes', async () => {
    const forum = await start();
    const global = await makeAdminKey(forum);
    const readOnly = await makeAdminKey(forum, { scope_mode: 'read_only' });
    for (const path of ['/t/1.json', '/notifications.json', '/u/alice.json', '/user-status.json']) {
      for (const { key } of [global, readOnly])
        expect((await callWithAdminKey(forum, key, 'alice', path)).status).toBe(200);
    }
    const write = (key: string) => callWithAdminKey(forum, key, 'alice', '/posts.json', 'POST', reply(1));
    expect((await write(global.key)).status).toBe(200);
    expect(await refusal(write(readOnly.key))).toBe('403 scope_insufficient');
    expect((await callWithAdminKey(forum, readOnly.key, 'alice', '/user-status.json', 'DELETE')).status).toBe(
      403,
    );
  });

  test.each(Object.keys(CALLS))('granular %s opens what it names, and nothing else', async (scope_id) => {
    const forum = await start();
    const { key } = await makeAdminKey(forum, {
      username: 'admin',
      scope_mode: 'granular',
      scopes: [{ scope_id }],
    });
    for (const [other, [method, path, body]] of Object.entries(CALLS)) {
      const { status } = await callWithAdminKey(forum, key, null, path, method, body);
      expect([other, status]).toEqual([other, other === scope_id ? 200 : 403]);
    }
    expect((await callWithAdminKey(forum, key, null, '/notifications.json')).status).toBe(403);
  });

  test('granular with parameter values opens those, and no others', async () => {
    const forum = await start();
    const scopes = [{ scope_id: 'topics:write', topic_id: '7,9' }];
    const { key } = await makeAdminKey(forum, { username: 'alice', scope_mode: 'granular', scopes });
    const write = async (body: object) =>
      (await callWithAdminKey(forum, key, null, '/posts.json', 'POST', body)).status;
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
    const twice = forum.send('/posts.json?topic_id=7', {
      method: 'POST',
      headers: { 'Api-Key': key, 'Content-Type': 'application/json' },
      body: JSON.stringify(reply(8)),
    });
    expect((await twice).status).toBe(403);
  });

  test('max_admin_api_reqs_per_minute 60, per key', async () => {
    const forum = await start();
    const [one, other] = [await makeAdminKey(forum), await makeAdminKey(forum)];
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => callWithAdminKey(forum, one.key, 'alice', '/user-status.json')),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('60');
    expect(refused?.headers.get('discourse-rate-limit-error-code')).toBe('admin_api_key_rate_limit');
    expect((await callWithAdminKey(forum, other.key, 'alice', '/latest.json')).status).toBe(200);
    forum.advance(60_000);
    expect((await callWithAdminKey(forum, one.key, 'bob', '/latest.json')).status).toBe(200);
  });

  test('revoke_api_keys_unused_days: the daily job revokes what nobody uses', async () => {
    const forum = await start();
    const [used, unused] = [await makeAdminKey(forum), await makeAdminKey(forum)];
    forum.advance(100 * DAY_MS);
    await callWithAdminKey(forum, used.key, 'alice', '/latest.json');
    forum.advance(81 * DAY_MS);
    await forum.valetkey.runDailyJobs();
    expect((await callWithAdminKey(forum, used.key, 'alice', '/latest.json')).status).toBe(200);
    expect(await refusal(callWithAdminKey(forum, unused.key, 'alice', '/latest.json'))).toBe(INVALID);
  });
});
