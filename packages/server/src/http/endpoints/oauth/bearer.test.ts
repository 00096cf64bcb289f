import { createTestSite, csrfOf } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const latest = { name: 'list#latest' };

describe('Authorization: Bearer', () => {
  async function createSite() {
    const site = await createTestSite();
    const { key } = await site.approve();
    const authorizeWith = async (headers: Record<string, string>, route = latest) => {
      const request = new Request('https://forum.example/any', { headers });
      const result = await site.valetkey.authorize(request, route, { ipAddress: '192.0.2.1' });
      if (result.kind !== 'refused') return result.kind;
      const response = await result.response();
      expect(response.status).toBe(result.status);
      expect(response.headers.get('www-authenticate')).toBe(result.headers['WWW-Authenticate'] ?? null);
      const [, error = ''] = /^Bearer error="(\w+)"/.exec(result.headers['WWW-Authenticate'] ?? '') ?? [];
      const { code, errors } = (await response.json()) as { code: string; errors: string[] };
      if (error === 'invalid_token')
        expect(result.headers['WWW-Authenticate']).toContain(`error_description="${errors[0]}`);
      return [result.status, error, code].join(' ').replace('  ', ' ');
    };
    return { ...site, key, authorizeWith };
  }

  test.each(['Bearer ', 'bearer ', 'BEARER   '])('is accepted as a user API key: “%s”', async (scheme) => {
    const { key, authorizeWith } = await createSite();
    expect(await authorizeWith({ authorization: scheme + key })).toBe('key');
  });

  test('is verified like User-Api-Key, and rejected with the same codes by RFC 6750: 401 invalid_token', async () => {
    const { key, authorizeWith, valetkey, post } = await createSite();
    expect(await authorizeWith({ authorization: `Bearer ${key}` }, { name: 'list#latest' })).toBe('key');
    expect(await authorizeWith({ authorization: 'Bearer' })).toBe('401 invalid_token key_unknown');
    expect(await authorizeWith({ authorization: `Bearer ${'f'.repeat(32)}` })).toBe(
      '401 invalid_token key_unknown',
    );
    expect(await authorizeWith({ authorization: `Bearer ${'A'.repeat(344)}` })).toBe(
      '401 invalid_token key_is_encrypted_payload',
    );
    expect(await authorizeWith({ authorization: `Bearer ${'f'.repeat(64)}` })).toBe(
      '401 invalid_token admin_key_in_user_header',
    );
    const [{ id = 0 } = {}] = await valetkey.keysOf('id-alice');
    await post('/user-api-key/revoke', { id: String(id) }, 'alice');
    expect(await authorizeWith({ authorization: `Bearer ${key}` })).toBe('401 invalid_token key_revoked');
  });

  test('without a sufficient scope is rejected with 403 insufficient_scope and the scope to ask for', async () => {
    const { key, valetkey } = await createSite();
    const write = { name: 'posts#create' };
    const request = new Request('https://forum.example/posts', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
    });
    const refused = await valetkey.authorize(request, write, { ipAddress: '192.0.2.1' });
    expect(refused).toMatchObject({
      status: 403,
      refusal: { code: 'scope_insufficient' },
      headers: { 'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="write"' },
    });
  });

  test('leaves User-Api-Key as Discourse has it: 403 without a challenge', async () => {
    const { authorizeWith } = await createSite();
    expect(await authorizeWith({ 'user-api-key': 'f'.repeat(32) })).toBe('403 key_unknown');
  });

  test('conflicts with every other key, also with the same one', async () => {
    const { key, authorizeWith } = await createSite();
    const authorization = `Bearer ${key}`;
    expect(await authorizeWith({ authorization, 'user-api-key': key })).toBe('403 credentials_conflict');
    expect(await authorizeWith({ authorization, 'api-key': 'f'.repeat(64) })).toBe(
      '403 credentials_conflict',
    );
    for (const twice of [`${authorization}, ${authorization}`, `Basic YWxpY2U6c2VjcmV0, ${authorization}`])
      expect(await authorizeWith({ authorization: twice }), twice).toBe('403 credentials_conflict');
    expect(await authorizeWith({ 'user-api-key': `${key}, ${key}` })).toBe('403 credentials_conflict');
  });

  test('ignores other schemes', async () => {
    const { key, authorizeWith } = await createSite();
    const authorization = 'Basic YWxpY2U6c2VjcmV0';
    expect(await authorizeWith({ authorization })).toBe('anonymous');
    expect(await authorizeWith({ authorization: 'Bearerish x' })).toBe('anonymous');
    expect(await authorizeWith({ authorization, 'user-api-key': key })).toBe('key');
  });

  test('can describe and revoke its key', async () => {
    const { key, get, send, authorizeWith } = await createSite();
    const headers = { authorization: `Bearer ${key}` };
    const current = await get('/user-api-key/current.json', headers);
    expect(await current.json()).toMatchObject({ application_name: 'Plum Reader' });
    const twice = { ...headers, 'user-api-key': key };
    for (const [method, path] of [
      ['GET', '/user-api-key/current.json'],
      ['POST', '/user-api-key/revoke.json'],
    ] as const) {
      const conflict = await send(path, { method, headers: twice });
      expect(await conflict.json()).toMatchObject({ code: 'credentials_conflict' });
    }
    expect((await send('/user-api-key/revoke.json', { method: 'POST', headers })).status).toBe(200);
    expect(await authorizeWith(headers)).toBe('401 invalid_token key_revoked');
  });

  test('takes precedence over a cookie', async () => {
    const { key, send } = await createSite();
    const headers = {
      authorization: `Bearer ${key}`,
      cookie: 'session=alice',
      'x-csrf-token': csrfOf('alice'),
    };
    const response = await send('/user-api-key/undo-revoke.json', { method: 'POST', headers });
    expect(await response.json()).toMatchObject({ code: 'session_required' });
  });

  test('is allowed from pages of allowed origins', async () => {
    const { valetkey, send } = await createSite();
    await valetkey.settings.set('cors_origins', 'https://app.example');
    const preflight = await send('/user-api-key/current.json', {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'GET' },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
  });
});
