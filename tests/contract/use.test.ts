import { randomUUID } from 'node:crypto';
import { keyRequest, PUBLIC_KEY } from '@valetkey/test-support/app-request';
import { json, refusalOf } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import { readSection, rowsOf } from './read-section.ts';
import type { ContractSite } from './target/contract-site.ts';
import { test } from './target/contract-test.ts';

const reply = { topic_id: 1, raw: 'Written by an app, for alice.' };

/** A request that is refused, and the details of its refusal. */
type Refused = (site: ContractSite) => Promise<Response>;

const latest = (site: ContractSite, key: string) => site.call(key, '/latest.json');

const REFUSALS: Readonly<Record<string, readonly [details: object, Refused]>> = {
  key_unknown: [{}, (site) => latest(site, '0'.repeat(32))],
  key_revoked: [
    { reason: 'revoked' },
    async (site) => {
      const key = await site.issueKey('alice', 'read');
      await site.call(key, '/user-api-key/revoke', 'POST');
      return latest(site, key);
    },
  ],
  'key_revoked, replaced': [
    { reason: 'replaced' },
    async (site) => {
      const key = await site.issueKey('alice', 'read', { client_id: 'replaced' });
      await site.issueKey('alice', 'read', { client_id: 'replaced' });
      return latest(site, key);
    },
  ],
  app_blocked: [
    { block_reason: 'It sold addresses.' },
    async (site) => {
      const value = randomUUID();
      const key = await site.issueKey('alice', 'read', { client_id: value });
      const block = { kind: 'client_id', value, reason: 'It sold addresses.' };
      const admin = await site.browserOf('admin');
      expect((await admin.send('POST', '/admin/user-api-key-blocks.json', block)).status).toBe(200);
      return latest(site, key);
    },
  ],
  key_is_encrypted_payload: [
    {},
    async (site) => {
      const alice = await site.browserOf('alice');
      const answer = alice.send('POST', '/user-api-key.json', keyRequest({ auth_redirect: null }));
      return latest(site, (await json(answer)).payload);
    },
  ],
  key_is_public_key: [{}, (site) => latest(site, PUBLIC_KEY.replaceAll('\n', ' '))],
  scope_insufficient: [
    { required_scopes: ['write'], granted_scopes: ['read'] },
    async (site) => site.call(await site.issueKey('alice', 'read'), '/posts.json', 'POST', { body: reply }),
  ],
  admin_key_in_user_header: [{}, (site) => latest(site, 'f'.repeat(64))],
  user_key_in_admin_header: [
    {},
    async (site) => {
      const key = await site.issueKey('alice', 'read');
      return site.send('/latest.json', { headers: { 'Api-Key': key, 'Api-Username': 'alice' } });
    },
  ],
  key_in_wrong_place: [
    { reason: 'key_in_other_header', header: 'x-api-key' },
    async (site) =>
      site.send('/latest.json', { headers: { 'X-API-Key': await site.issueKey('alice', 'read') } }),
  ],
};

/** Refusals that need control of the clock or of users; each has a test of its own below. */
const CONTROLLED = ['key_expired', 'user_suspended'];

test('PROTOCOL.md#rejected-keys: each code has a test here', () => {
  const tested = new Set([...Object.keys(REFUSALS).map((row) => row.split(',')[0]), ...CONTROLLED]);
  expect(rowsOf(readSection('Rejected keys')).toSorted()).toEqual([...tested].toSorted());
});

describe('User API keys', () => {
  test('User-Api-Key: acts as the user of the key', async ({ site }) => {
    const key = await site.issueKey('alice', 'read,write');
    expect((await json(site.call(key, '/session/current.json'))).current_user.username).toBe('alice');
    expect((await json(site.call(key, '/posts.json', 'POST', { body: reply }))).username).toBe('alice');
  });

  test('User-Api-Client-Id: stands beside the approved client id; a login with either id replaces the key', async ({
    site,
  }) => {
    const key = await site.issueKey('alice', 'read', { client_id: 'before' });
    const renamed = randomUUID();
    const clientAfter = async (id: string) => {
      await site.call(key, '/latest.json', 'GET', { headers: { 'User-Api-Client-Id': id } });
      await site.settle();
      const { client_id, sent_client_id } = await json(site.call(key, '/user-api-key/current.json'));
      return [client_id, sent_client_id];
    };
    expect(await clientAfter('')).toEqual(['before', null]);
    expect(await clientAfter(renamed)).toEqual(['before', renamed]);
    const newer = await site.issueKey('alice', 'read', { client_id: renamed });
    expect(await refusalOf(latest(site, key))).toBe('403 key_revoked');
    expect((await latest(site, newer)).status).toBe(200);
  });

  test.for<[string, string, (key: string) => Record<string, string>]>([
    ['User-Api-Key', '', (key) => ({ 'user-api-key': key })],
    ['Authorization', '', (key) => ({ authorization: `Bearer ${key}` })],
    ['the query', 'user_api_key=', () => ({})],
  ])(
    'User-Api-Client-Id: ignores an id that contains the key, with the key in %s',
    async ([_where, query, headers], { site }) => {
      const key = await site.issueKey('alice', 'bookmarks_calendar', { client_id: 'before' });
      const answer = await site.send(`/u/alice/bookmarks.ics?${query && query + key}`, {
        headers: { ...headers(key), 'User-Api-Client-Id': `my ${key}` },
      });
      expect(answer.status).toBe(200);
      const { sent_client_id } = await json(site.call(key, '/user-api-key/current.json'));
      expect(sent_client_id).toBeNull();
    },
  );

  test.for(Object.entries(REFUSALS))(
    'a request with a key: 403 invalid_access, %s',
    async ([row, [details, refused]], { site }) => {
      const answer = await refused(site);
      const [code] = row.split(',');
      expect(answer.status).toBe(403);
      expect(await json(answer)).toMatchObject({
        error_type: 'invalid_access',
        code,
        errors: [expect.stringMatching(/\.$/)],
        advice: expect.stringMatching(/\.$/),
        ...details,
      });
    },
  );

  test.for<[string, string]>([
    ['GET', '/user-api-key/current.json'],
    ['POST', '/user-api-key/revoke.json'],
  ])(
    '%s %s: rejects a user key in Api-Key (403 user_key_in_admin_header) and leaves the key active',
    async ([method, path], { site }) => {
      const key = await site.issueKey('alice', 'read');
      const headers = { 'Api-Key': key, 'Api-Username': 'alice' };
      expect(await refusalOf(site.send(path, { method, headers }))).toBe('403 user_key_in_admin_header');
      expect((await latest(site, key)).status).toBe(200);
    },
  );

  test('a request with a key: starts no session and sets no cookie', async ({ site }) => {
    const key = await site.issueKey('admin', 'read,write');
    const paths = ['/', '/t/1', '/latest.json', '/login', '/session/csrf.json', '/session/current.json'];
    paths.push('/new-topic', '/user-api-key/current.json', '/user-api-key/new', '/u/admin/preferences/apps');
    for (const path of paths) {
      const answer = await site.call(key, path);
      expect([path, answer.headers.get('set-cookie')]).toEqual([path, null]);
    }
    const login = { login: 'bob', password: 'valetkey-demo' };
    const answer = await site.call(key, '/session.json', 'POST', { body: login });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
  });

  test('a request with a key: needs no CSRF token; a request with a cookie does', async ({ site }) => {
    const alice = await site.browserOf('alice');
    const without = { 'x-csrf-token': '' };
    expect((await alice.send('POST', '/posts.json', reply, without)).status).toBe(403);
    expect((await alice.send('POST', '/posts.json', reply)).status).toBe(200);
    const key = await site.issueKey('alice', 'write');
    const again = { ...reply, raw: 'Without any token at all this time.' };
    expect((await site.call(key, '/posts.json', 'POST', { body: again })).status).toBe(200);
  });

  test('a request with a key and a cookie: the key alone decides', async ({ site }) => {
    const admin = await site.browserOf('admin');
    const cookie = { cookie: admin.cookieHeader(), 'x-csrf-token': await admin.fetchCsrfToken() };
    const key = await site.issueKey('bob', 'read');
    const asBoth = (path: string, method = 'GET', body?: unknown) =>
      site.call(key, path, method, { body, headers: cookie });
    expect((await json(asBoth('/session/current.json'))).current_user.username).toBe('bob');
    expect(await refusalOf(asBoth('/posts.json', 'POST', reply))).toBe('403 scope_insufficient');
    expect(await refusalOf(asBoth('/admin/site_settings.json'))).toBe('403 session_required');
    const wrong = site.call('0'.repeat(32), '/latest.json', 'GET', { headers: cookie });
    expect(await refusalOf(wrong)).toBe('403 key_unknown');
  });

  test('GET /user-api-key/current.json: returns what an active key holds, and counts as a use', async ({
    site,
    clock,
  }) => {
    const changes = { client_id: 'phone', expires_in_seconds: '86400' };
    const key = await site.issueKey('alice', 'push,session_info', changes);
    const current = () => json(site.call(key, '/user-api-key/current.json'));
    clock.advance(1_000);
    const limits = (left: number) => ({
      ...{ per_minute: 20, per_day: 2880 },
      remaining: { per_minute: 20 - left, per_day: 2880 - left },
    });
    const first = {
      application_name: 'Plum Reader',
      client_id: 'phone',
      sent_client_id: null,
      scopes: ['push', 'session_info'],
      created_at: '2026-11-23T12:00:00.000Z',
      expires_at: '2026-11-24T12:00:00.000Z',
      last_used_at: null,
      limits: limits(1),
      user: { id: expect.any(String), username: 'alice' },
    };
    expect(await current()).toEqual(first);
    await site.settle();
    clock.advance(1_000);
    expect(await current()).toEqual({
      ...first,
      last_used_at: '2026-11-23T12:00:01.000Z',
      limits: limits(2),
    });
    await site.call(key, '/user-api-key/revoke', 'POST');
    expect(await refusalOf(site.call(key, '/user-api-key/current.json'))).toBe('403 key_revoked');
    expect((await site.send('/user-api-key/current.json')).status).toBe(403);
  });

  test('a refusal as a page: has the sentence and the status of the JSON answer', async ({ site }) => {
    const key = await site.issueKey('alice', 'session_info');
    const { errors, advice } = await json(site.call(key, '/t/1.json'));
    const page = await site.call(key, '/t/1', 'GET', { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    const text = await page.text();
    for (const sentence of [...errors, advice]) expect(text).toContain(sentence);
  });

  test('a request with an expired key: 403 key_expired', async ({ site, clock }) => {
    const key = await site.issueKey('alice', 'read', { expires_in_seconds: '60' });
    clock.advance(59_999);
    expect((await latest(site, key)).status).toBe(200);
    clock.advance(1);
    expect(await refusalOf(latest(site, key))).toBe('403 key_expired');
  });

  test('a request with a key of a suspended user: 403 user_suspended', async ({ site, suspension }) => {
    const key = await site.issueKey('bob', 'read');
    await suspension.suspend('bob');
    expect(await refusalOf(latest(site, key))).toBe('403 user_suspended');
  });
});
