import { ask, PUBLIC_KEY } from '@valetkey/test-support/app-request';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readSection, rowsOf } from './read-section.ts';
import { ALICE_ID, describeContract, json, type RunningForum, refusal } from './running-forum.ts';

const reply = { topic_id: 1, raw: 'Written by an app, for alice.' };

/** A key that is refused, and how its refusal explains itself. */
type Refused = (forum: RunningForum) => Promise<Response>;

const latest = (forum: RunningForum, key: string) => forum.call(key, '/latest.json');

const REFUSALS: Readonly<Record<string, readonly [details: object, Refused]>> = {
  key_unknown: [{}, (forum) => latest(forum, '0'.repeat(32))],
  key_revoked: [
    { reason: 'revoked' },
    async (forum) => {
      const key = await forum.issueKey('alice', 'read');
      await forum.call(key, '/user-api-key/revoke', 'POST');
      return latest(forum, key);
    },
  ],
  'key_revoked, replaced': [
    { reason: 'replaced' },
    async (forum) => {
      const key = await forum.issueKey('alice', 'read');
      await forum.issueKey('alice', 'read');
      return latest(forum, key);
    },
  ],
  key_expired: [
    {},
    async (forum) => {
      const key = await forum.issueKey('alice', 'read', { expires_in_seconds: '60' });
      expect((await latest(forum, key)).status).toBe(200);
      forum.advance(60_000);
      return latest(forum, key);
    },
  ],
  key_is_encrypted_payload: [
    {},
    async (forum) => {
      const alice = await forum.browserOf('alice');
      const answer = alice.send('POST', '/user-api-key.json', ask({ auth_redirect: null }));
      return latest(forum, (await json(answer)).payload);
    },
  ],
  key_is_public_key: [{}, (forum) => latest(forum, PUBLIC_KEY.replaceAll('\n', ' '))],
  user_suspended: [
    {},
    async (forum) => {
      const key = await forum.issueKey('bob', 'read');
      await suspendBob(forum);
      return latest(forum, key);
    },
  ],
  scope_insufficient: [
    { required_scopes: ['write'], granted_scopes: ['read'] },
    async (forum) => forum.call(await forum.issueKey('alice', 'read'), '/posts.json', 'POST', reply),
  ],
  admin_key_in_user_header: [{}, (forum) => latest(forum, 'f'.repeat(64))],
  user_key_in_admin_header: [
    {},
    async (forum) => {
      const key = await forum.issueKey('alice', 'read');
      return forum.send('/latest.json', { headers: { 'Api-Key': key, 'Api-Username': 'alice' } });
    },
  ],
};

async function suspendBob(forum: RunningForum) {
  const admin = await forum.browserOf('admin');
  const { id } = (await json(forum.send('/u/bob.json'))).user;
  const body = { suspend_until: '2030-01-01', reason: 'spam' };
  expect((await admin.send('PUT', `/admin/users/${id}/suspend.json`, body)).status).toBe(200);
}

test('PROTOCOL.md#rejected-keys: every code has a case in this test', () => {
  const cases = [...new Set(Object.keys(REFUSALS).map((row) => row.split(',')[0]))];
  expect(rowsOf(readSection('Rejected keys'))).toEqual(cases);
});

describeContract('section 5, use', (start) => {
  test('User-Api-Key: a key acts as its person', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'read,write');
    expect((await json(forum.call(key, '/session/current.json'))).current_user.username).toBe('alice');
    expect((await json(forum.call(key, '/posts.json', 'POST', reply))).username).toBe('alice');
  });

  test('User-Api-Client-Id renames the client of this key; an empty one does not', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'read', { client_id: 'before' });
    const clientAfter = async (id: string) => {
      await forum.call(key, '/latest.json', 'GET', undefined, { 'User-Api-Client-Id': id });
      return (await json(forum.call(key, '/user-api-key/current.json'))).client_id;
    };
    expect(await clientAfter('')).toBe('before');
    expect(await clientAfter('after')).toBe('after');
    const newer = await forum.issueKey('alice', 'read', { client_id: 'after' });
    expect(await refusal(latest(forum, key))).toBe('403 key_revoked');
    expect((await latest(forum, newer)).status).toBe(200);
  });

  test.each<[string, string, (key: string) => Record<string, string>]>([
    ['User-Api-Key', '', (key) => ({ 'user-api-key': key })],
    ['Authorization', '', (key) => ({ authorization: `Bearer ${key}` })],
    ['the query', 'user_api_key=', () => ({})],
  ])(
    'a client id that holds the key itself is passed over, with the key in %s',
    async (_where, query, headers) => {
      const forum = await start();
      const key = await forum.issueKey('alice', 'bookmarks_calendar', { client_id: 'before' });
      const answer = await forum.send(`/u/alice/bookmarks.ics?${query && query + key}`, {
        headers: { ...headers(key), 'User-Api-Client-Id': `my ${key}` },
      });
      expect(answer.status).toBe(200);
      const [stored] = await forum.store.listKeys(ALICE_ID);
      expect(stored?.clientId.replace(key, 'KEY')).toBe('before');
    },
  );

  test.each(Object.entries(REFUSALS))('%s → 403, invalid_access', async (row, [details, refused]) => {
    const forum = await start();
    const answer = await refused(forum);
    const [code] = row.split(',');
    expect(answer.status).toBe(403);
    expect(await json(answer)).toMatchObject({
      error_type: 'invalid_access',
      code,
      errors: [expect.stringMatching(/\.$/)],
      advice: expect.stringMatching(/\.$/),
      ...details,
    });
  });

  test.each([
    ['GET', '/user-api-key/current.json'],
    ['POST', '/user-api-key/revoke.json'],
  ])(
    '%s %s tells whoever sent a user key in Api-Key so, and leaves the key as it is',
    async (method, path) => {
      const forum = await start();
      const key = await forum.issueKey('alice', 'read');
      const headers = { 'Api-Key': key, 'Api-Username': 'alice' };
      expect(await refusal(forum.send(path, { method, headers }))).toBe('403 user_key_in_admin_header');
      expect((await latest(forum, key)).status).toBe(200);
    },
  );

  test('no session is started and no cookie set by a key', async () => {
    const forum = await start();
    const key = await forum.issueKey('admin', 'read,write');
    const paths = ['/', '/t/1', '/latest.json', '/login', '/session/csrf.json', '/session/current.json'];
    paths.push('/new-topic', '/user-api-key/current.json', '/user-api-key/new', '/u/admin/preferences/apps');
    for (const path of paths) {
      const answer = await forum.call(key, path);
      expect([path, answer.headers.get('set-cookie')]).toEqual([path, null]);
    }
    const login = { login: 'bob', password: 'valetkey-demo' };
    const answer = await forum.call(key, '/session.json', 'POST', login);
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
  });

  test('CSRF tokens are demanded of cookies only, never of keys', async () => {
    const forum = await start();
    const alice = await forum.browserOf('alice');
    const without = { 'x-csrf-token': '' };
    expect((await alice.send('POST', '/posts.json', reply, without)).status).toBe(403);
    expect((await alice.send('POST', '/posts.json', reply)).status).toBe(200);
    const key = await forum.issueKey('alice', 'write');
    const again = { ...reply, raw: 'Without any token at all this time.' };
    expect((await forum.call(key, '/posts.json', 'POST', again)).status).toBe(200);
  });

  test('a request with both a key and a cookie is judged by its key alone', async () => {
    const forum = await start();
    const admin = await forum.browserOf('admin');
    const cookie = { cookie: admin.cookieHeader(), 'x-csrf-token': await admin.fetchCsrfToken() };
    const key = await forum.issueKey('bob', 'read');
    const asBoth = (path: string, method = 'GET', body?: unknown) =>
      forum.call(key, path, method, body, cookie);
    expect((await json(asBoth('/session/current.json'))).current_user.username).toBe('bob');
    expect(await refusal(asBoth('/posts.json', 'POST', reply))).toBe('403 scope_insufficient');
    expect(await refusal(asBoth('/admin/site_settings.json'))).toBe('403 session_required');
    const wrong = forum.call('0'.repeat(32), '/latest.json', 'GET', undefined, cookie);
    expect(await refusal(wrong)).toBe('403 key_unknown');
  });

  test('GET /user-api-key/current.json says what any live key holds, and counts as use', async () => {
    const forum = await start();
    const changes = { client_id: 'phone', expires_in_seconds: '86400' };
    const key = await forum.issueKey('alice', 'push,session_info', changes);
    const current = () => json(forum.call(key, '/user-api-key/current.json'));
    forum.advance(1_000);
    const limits = (left: number) => ({
      ...{ per_minute: 20, per_day: 2880 },
      remaining: { per_minute: 20 - left, per_day: 2880 - left },
    });
    const first = {
      application_name: 'Plum Reader',
      client_id: 'phone',
      scopes: ['push', 'session_info'],
      created_at: '2026-11-23T12:00:00.000Z',
      expires_at: '2026-11-24T12:00:00.000Z',
      last_used_at: null,
      limits: limits(1),
      user: { id: expect.any(String), username: 'alice' },
    };
    expect(await current()).toEqual(first);
    forum.advance(1_000);
    expect(await current()).toEqual({
      ...first,
      last_used_at: '2026-11-23T12:00:01.000Z',
      limits: limits(2),
    });
    await forum.call(key, '/user-api-key/revoke', 'POST');
    expect(await refusal(forum.call(key, '/user-api-key/current.json'))).toBe('403 key_revoked');
    expect((await forum.send('/user-api-key/current.json')).status).toBe(403);
  });

  test('a refusal on a page says the same sentence as in JSON, with the same status', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'session_info');
    const { errors, advice } = await json(forum.call(key, '/t/1.json'));
    const page = await forum.call(key, '/t/1', 'GET', undefined, { accept: 'text/html' });
    expect([page.status, page.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    const text = await page.text();
    for (const sentence of [...errors, advice]) expect(text).toContain(sentence);
  });

  test('a store that fails refuses, and lets nobody in', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'read');
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => report.mockRestore());
    vi.spyOn(forum.store, 'findKeyByHash').mockRejectedValueOnce(new Error('disk full'));
    expect(await refusal(latest(forum, key))).toBe('500 internal_error');
    expect((await latest(forum, key)).status).toBe(200);
  });
});
