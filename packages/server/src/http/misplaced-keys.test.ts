import { createMemoryStore } from '@valetkey/server/store/memory';
import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const ROUTE = { name: 'list#latest', format: 'json' };
const UNKNOWN = 'ab'.repeat(16);
const basic = (user: string, password: string) => `Basic ${btoa(`${user}:${password}`)}`;

/** A site with a key of alice, and a store that counts how often keys are loaded. */
async function createCountingSite() {
  const store = createMemoryStore();
  let loads = 0;
  const { findKeyByHash } = store;
  store.findKeyByHash = (hash) => {
    loads += 1;
    return findKeyByHash(hash);
  };
  const site = await createTestSite({ store });
  const { key } = await site.approve();
  const open = async (headers: HeadersInit, query = '', init: RequestInit = {}) => {
    const request = new Request(`https://forum.example/latest.json${query}`, { ...init, headers });
    const result = await site.valetkey.authorize(request, ROUTE, { ipAddress: '192.0.2.1' });
    if (result.kind !== 'refused') return result.kind;
    const response = await result.response();
    const text = await response.text();
    expect(text).not.toContain(key);
    return { status: response.status, ...(JSON.parse(text) as { code: string; errors: string[] }) };
  };
  return { ...site, store, key, open, loads: () => loads };
}

/** Every wrong place for a key: headers and query. */
const places: readonly [string, (key: string) => { headers?: HeadersInit; query?: string }][] = [
  ['Authorization: Token', (key) => ({ headers: { authorization: `Token ${key}` } })],
  ['Authorization: Token token=""', (key) => ({ headers: { authorization: `Token token="${key}"` } })],
  ['Authorization: ApiKey', (key) => ({ headers: { authorization: `ApiKey ${key}` } })],
  ['Authorization: User-Api-Key', (key) => ({ headers: { authorization: `User-Api-Key ${key}` } })],
  ['Authorization without a scheme', (key) => ({ headers: { authorization: key } })],
  ['the user name of Basic', (key) => ({ headers: { authorization: basic(key, '') } })],
  ['X-API-Key', (key) => ({ headers: { 'x-api-key': key } })],
  ['X-Auth-Token', (key) => ({ headers: { 'x-auth-token': key } })],
  ['X-User-Api-Key', (key) => ({ headers: { 'x-user-api-key': key } })],
  ['Token', (key) => ({ headers: { token: key } })],
  ['?user_api_key', (key) => ({ query: `?user_api_key=${key}` })],
  ['?api_key', (key) => ({ query: `?page=2&api_key=${key}` })],
  ['?access_token', (key) => ({ query: `?access_token=${key}` })],
  ['?key behind a checksum', (key) => ({ query: `?v=${UNKNOWN}&key=${key}` })],
  ['any other parameter', (key) => ({ query: `?k=${key}%0A` })],
];

describe('a user API key in a wrong place', () => {
  test.each(places)(
    '%s: an active key is 403 with its place, an unknown or revoked one is ignored',
    async (_, put) => {
      const { key, open, post } = await createCountingSite();
      const send = (text: string, init?: RequestInit) => {
        const { headers = {}, query = '' } = put(text);
        return open(headers, query, init);
      };
      for (const method of ['GET', 'HEAD', 'POST', 'DELETE']) {
        expect(await send(key, { method })).toMatchObject({
          status: 403,
          code: 'key_in_wrong_place',
          advice: expect.stringContaining('User-Api-Key'),
        });
      }
      for (const text of [UNKNOWN.replace('a', 'c'), key.slice(1), key.toUpperCase(), `${key}0`]) {
        expect(await send(text)).toBe('anonymous');
      }
      await post('/user-api-key/revoke.json', { id: '1' }, 'alice');
      expect(await send(key)).toBe('anonymous');
    },
  );

  test('costs at most one load of a key, and none for a text of another form', async () => {
    const { open, loads } = await createCountingSite();
    const hex = (digit: string) => digit.repeat(32);
    const before = loads();
    await open(
      { authorization: `Token ${hex('1')}`, 'x-api-key': hex('2') },
      `?token=${hex('3')}&key=${hex('4')}`,
    );
    await open(
      {},
      `?${Array.from({ length: 50 }, (_, at) => `key${at}=${String(at).padStart(32, '0')}`).join('&')}`,
    );
    expect(loads() - before).toBe(2);
    await open(
      { authorization: basic('user', 'secret'), 'x-api-key': 'z'.repeat(32) },
      `?token=${'a'.repeat(64)}`,
    );
    await open({ authorization: `Basic ${'A'.repeat(5000)}` });
    expect(loads() - before).toBe(2);
  });

  test('is ignored beside a key in the right place, and while the store fails', async () => {
    const { key, open, store } = await createCountingSite();
    expect(await open({ 'user-api-key': key, 'x-api-key': key }, `?token=${key}`)).toBe('key');
    store.findKeyByHash = () => Promise.reject(new Error('not a store error'));
    await expect(open({ 'x-api-key': UNKNOWN })).rejects.toThrow('not a store error');
  });

  test('does not count as a use of the key', async () => {
    const { key, open, valetkey } = await createCountingSite();
    await valetkey.settings.set('max_user_api_reqs_per_minute', 1);
    for (let count = 0; count < 3; count += 1)
      expect(await open({ 'x-api-key': key })).toMatchObject({ status: 403 });
    expect(await open({ 'user-api-key': key })).toBe('key');
  });

  test.each(places)(
    '%s: the endpoints of the site reject it too, beside a cookie as well',
    async (_, put) => {
      const { key, send } = await createCountingSite();
      const { headers = {}, query = '' } = put(key);
      for (const [method, path] of [
        ['GET', '/user-api-key/current.json'],
        ['POST', '/user-api-key/revoke.json'],
        ['GET', '/calendar-subscriptions.json'],
      ] as const) {
        for (const cookie of [{}, { cookie: 'session=alice' }]) {
          const response = await send(path + query, { method, headers: { ...cookie, ...headers } });
          expect([response.status, await response.json()]).toEqual([
            403,
            expect.objectContaining({ code: 'key_in_wrong_place' }),
          ]);
        }
      }
    },
  );
});

describe('a user API key as Basic password', () => {
  test('is accepted for GET and HEAD with any user name, and counts as a use', async () => {
    const { key, open, send } = await createCountingSite();
    for (const user of ['', 'alice', 'x', 'a b'])
      for (const method of ['GET', 'HEAD'])
        expect(await open({ authorization: basic(user, key) }, '', { method })).toBe('key');
    expect(await open({ authorization: `basic   ${btoa(`x:${key}\n`)} ` })).toBe('key');
    const current = await send('/user-api-key/current.json', { headers: { authorization: basic('x', key) } });
    expect([current.status, await current.json()]).toEqual([
      200,
      expect.objectContaining({
        limits: expect.objectContaining({ remaining: expect.objectContaining({ per_minute: 10 }) }),
      }),
    ]);
  });

  test('is 403 with another method, and beside a cookie: browsers send Basic automatically', async () => {
    const { key, open, send } = await createCountingSite();
    const headers = { authorization: basic('x', key) };
    const wrong = {
      status: 403,
      code: 'key_in_wrong_place',
      errors: [expect.stringContaining('Basic')],
    };
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'BREW'])
      expect(await open(headers, '', { method })).toMatchObject(wrong);
    for (const cookie of ['session=alice', 'theme=dark', ''])
      expect(await open({ ...headers, cookie })).toMatchObject(wrong);
    const revoke = { method: 'POST', headers };
    expect(await (await send('/user-api-key/revoke.json', revoke)).json()).toMatchObject({
      code: 'key_in_wrong_place',
    });
    expect(await open({ 'user-api-key': key })).toBe('key');
  });

  test('gets the reason if it is revoked, and ignored if no key is known: a proxy may have it', async () => {
    const { key, open, post } = await createCountingSite();
    for (const password of [UNKNOWN, 'secret', '', `${key}0`, key.toUpperCase()])
      for (const method of ['GET', 'POST'])
        expect(await open({ authorization: basic('proxy', password) }, '', { method })).toBe('anonymous');
    await post('/user-api-key/revoke.json', { id: '1' }, 'alice');
    expect(await open({ authorization: basic('x', key) })).toMatchObject({ code: 'key_revoked' });
    expect(await open({ authorization: basic('x', key) }, '', { method: 'POST' })).toBe('anonymous');
  });

  test('conflicts with every other key of the request (403)', async () => {
    const { key, open } = await createCountingSite();
    const headers = { authorization: basic('x', key) };
    const conflict = { status: 403, code: 'credentials_conflict' };
    expect(await open({ ...headers, 'user-api-key': key })).toMatchObject(conflict);
    expect(await open({ ...headers, 'api-key': key.repeat(2), 'api-username': 'alice' })).toMatchObject(
      conflict,
    );
    expect(await open({ authorization: basic('proxy', 'secret'), 'user-api-key': key })).toBe('key');
  });

  test('opens no page and no endpoint that needs a session', async () => {
    const site = await createAdminSite();
    const { key } = await site.approve({ scopes: 'write' }, 'admin');
    const headers = { authorization: basic('admin', key) };
    for (const path of ['/admin/api/keys.json', '/calendar-subscriptions.json'])
      expect((await site.get(path, headers)).status).toBe(403);
    expect((await site.get('/u/admin/preferences/apps', headers)).status).toBe(302);
  });
});
