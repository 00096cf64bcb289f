import { createTestSite, keyRequest, PUBLIC_KEY, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

async function codeOf(
  site: TestSite,
  key: string,
  name = 'list#latest',
  init: RequestInit & { format?: string } = {},
) {
  const { format, ...request } = init;
  const outcome = await site.authorize(key, { name, ...(format && { format }) }, request);
  if (outcome.kind !== 'refused') return outcome.kind;
  expect(outcome.status).toBe(403);
  const body = (await (await outcome.response()).json()) as { code: string; error_type: string };
  expect(body.error_type).toBe('invalid_access');
  return body.code;
}

describe('verify: user keys', () => {
  const site = () => createTestSite();

  test('names the kind of text that was sent instead of a key', async () => {
    const it = await site();
    const sealed = (
      (await (await it.post('/user-api-key.json', keyRequest({ auth_redirect: null }), 'alice')).json()) as {
        payload: string;
      }
    ).payload;
    expect(await codeOf(it, sealed)).toBe('key_is_encrypted_payload');
    expect(await codeOf(it, encodeURIComponent(sealed))).toBe('key_is_encrypted_payload');
    expect(await codeOf(it, PUBLIC_KEY.replaceAll('\n', ' '))).toBe('key_is_public_key');
    expect(await codeOf(it, 'f'.repeat(64))).toBe('admin_key_in_user_header');
    expect(await codeOf(it, 'f'.repeat(32))).toBe('key_unknown');
    expect(await codeOf(it, 'hello')).toBe('key_unknown');
    expect(await codeOf(it, '')).toBe('key_unknown');
  });

  test('tells a user key in the admin header from an invalid admin key', async () => {
    const it = await site();
    const { key } = await it.approve();
    const send = async (headers: Record<string, string>) => {
      const request = new Request('https://forum.example/latest.json', { headers });
      const outcome = await it.valetkey.authorize(
        request,
        { name: 'list#latest' },
        { ipAddress: '192.0.2.1' },
      );
      return outcome.kind === 'refused'
        ? ((await (await outcome.response()).json()) as { code: string }).code
        : outcome.kind;
    };
    expect(await send({ 'Api-Key': key })).toBe('user_key_in_admin_header');
    expect(await send({ 'Api-Key': 'f'.repeat(64) })).toBe('invalid_api_credentials');
    expect(await send({ 'Api-Key': 'f'.repeat(64), 'User-Api-Key': key })).toBe('credentials_conflict');
    expect(await send({})).toBe('anonymous');
  });

  test('rejects a key at exactly its expiry', async () => {
    const it = await site();
    const { key } = await it.approve({ expires_in_seconds: '60' });
    it.advance(59_999);
    expect(await codeOf(it, key)).toBe('key');
    it.advance(1);
    expect(await codeOf(it, key)).toBe('key_expired');
  });

  test('rejects the key of a suspended user from the next request on, and of a deleted user', async () => {
    const it = await site();
    const { key } = await it.approve();
    const alice = it.users.get('alice');
    if (!alice) throw new Error('alice is missing');
    expect(await codeOf(it, key)).toBe('key');
    it.users.set('alice', { ...alice, isSuspended: true });
    expect(await codeOf(it, key)).toBe('user_suspended');
    it.users.delete('alice');
    expect(await codeOf(it, key)).toBe('key_unknown');
  });

  test.each([
    ['read', 'GET', 'anything#at_all', true],
    ['read', 'HEAD', 'list#latest', true],
    ['read', 'POST', 'posts#create', false],
    ['write', 'POST', 'posts#create', true],
    ['write', 'PATCH', 'posts#update', true],
    ['write', 'OPTIONS', 'posts#update', false],
    ['notifications', 'GET', 'notifications#index', true],
    ['notifications', 'PUT', 'notifications#mark_read', true],
    ['notifications', 'GET', 'list#latest', false],
    ['notifications', 'PUT', 'notifications#index', false],
    ['session_info', 'GET', 'session#current', true],
    ['session_info', 'GET', 'session#current_user', false],
    ['message_bus', 'POST', 'message_bus#poll', true],
    ['user_status', 'DELETE', 'user_status#clear', true],
    ['push', 'GET', 'list#latest', false],
    ['one_time_password', 'GET', 'session#current', false],
  ])('scope %s: %s %s → %s', async (scope, method, name, allowed) => {
    const it = await site();
    const { key } = await it.approve({ scopes: scope });
    expect(await codeOf(it, key, name, { method })).toBe(allowed ? 'key' : 'scope_insufficient');
  });

  test('permits the calendar of bookmarks only, not the list', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'bookmarks_calendar' });
    expect(await codeOf(it, key, 'users#bookmarks', { format: 'ics' })).toBe('key');
    expect(await codeOf(it, key, 'users#bookmarks', { format: 'json' })).toBe('scope_insufficient');
    expect(await codeOf(it, key, 'users#bookmarks')).toBe('scope_insufficient');
  });

  test('names the sufficient scopes and the scopes of the key', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'session_info' });
    const outcome = await it.authorize(key, { name: 'notifications#index' });
    if (outcome.kind !== 'refused') throw new Error(`expected a refusal, not ${outcome.kind}`);
    expect(await (await outcome.response()).json()).toMatchObject({
      code: 'scope_insufficient',
      required_scopes: ['read', 'write', 'notifications'],
      granted_scopes: ['session_info'],
    });
  });

  test('ignores method-override headers', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'read' });
    const headers = {
      'User-Api-Key': key,
      'X-HTTP-Method-Override': 'GET',
      'X-Method-Override': 'GET',
      'X-HTTP-Method': 'GET',
    };
    expect(await codeOf(it, key, 'posts#create', { method: 'POST', headers })).toBe('scope_insufficient');
  });

  test('a key without known scopes can only revoke itself', async () => {
    const it = await site();
    for (const [index, scopes] of [[], ['retired_scope']].entries()) {
      const key = String(index).repeat(32);
      const { hashKey } = await import('../core/key/hash-key.ts');
      await it.store.replaceKey({
        keyHash: hashKey(key),
        userId: 'id-alice',
        kind: 'app',
        clientId: `old-${index}`,
        applicationName: 'Old',
        scopes,
        isUrlKey: false,
        pushUrl: null,
        createdAt: 1,
        expiresAt: null,
      });
      expect(await codeOf(it, key)).toBe('scope_insufficient');
      expect(
        (await it.send('/user-api-key/revoke', { method: 'POST', headers: { 'User-Api-Key': key } })).status,
      ).toBe(200);
    }
  });

  test('last-used is updated by allowed requests only, with their IP address', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'session_info' });
    await codeOf(it, key, 'posts#create', { method: 'POST' });
    expect((await it.valetkey.keysOf('id-alice'))[0]?.lastUsedAt).toBeNull();
    it.advance(5_000);
    await codeOf(it, key, 'session#current', { headers: { 'User-Api-Key': key, 'User-Agent': 'plum/1' } });
    expect((await it.valetkey.keysOf('id-alice'))[0]).toMatchObject({
      lastUsedAt: it.now(),
      lastUsedIpAddress: '192.0.2.1',
      lastUsedUserAgent: 'plum/1',
    });
  });

  test('GET /user-api-key/current.json describes the key, whatever its scopes', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'push,user_status', expires_in_seconds: '60' });
    const show = () => it.get('/user-api-key/current.json', { 'User-Api-Key': key });
    expect(await (await show()).json()).toEqual({
      application_name: 'Plum Reader',
      client_id: 'client-1',
      sent_client_id: null,
      scopes: ['push', 'user_status'],
      created_at: new Date(it.now()).toISOString(),
      expires_at: new Date(it.now() + 60_000).toISOString(),
      last_used_at: null,
      limits: { per_minute: 20, per_day: 2880, remaining: { per_minute: 19, per_day: 2879 } },
      user: { id: 'id-alice', username: 'alice' },
    });
    expect(await (await show()).json()).toMatchObject({ last_used_at: new Date(it.now()).toISOString() });
    expect((await it.get('/user-api-key/current.json')).status).toBe(403);
  });
});
