import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

let service: Service;
let site: GatewaySite;
let key: string;

beforeAll(async () => {
  service = await startService();
  site = await startGatewaySite(configFor(service.url));
  key = await site.approve();
});
beforeEach(() => void service.received.splice(0));
afterAll(async () => {
  await site.close();
  await service.close();
});

const IDENTITY = ['user', 'user-id', 'scopes', 'client-id', 'key-id', 'jwt'].map(
  (name) => `x-valetkey-${name}`,
);

describe('a request with a key', () => {
  test('reaches the service with the identity of its user and without the key', async () => {
    const response = await site.get('/api/notes/7?page=2', key, { cookie: 'user=bob' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('GET /api/notes/7?page=2');
    expect(response.headers.get('ratelimit')).toMatch(/"minute";r=\d+/);
    const [{ headers } = { headers: {} }] = service.received;
    expect(headers).toMatchObject({
      'x-valetkey-user': 'alice',
      'x-valetkey-user-id': 'id-alice',
      'x-valetkey-scopes': 'notes_read',
      'x-valetkey-client-id': 'client-1',
      'x-valetkey-key-id': '1',
    });
    expect(headers).not.toHaveProperty('user-api-key');
    expect(headers).not.toHaveProperty('cookie');
    expect(JSON.stringify(service.received)).not.toContain(key);
  });

  test('carries a token that the published keys verify', async () => {
    await site.get('/api/notes', key);
    const token = String(service.received[0]?.headers['x-valetkey-jwt']);
    const keys = createRemoteJWKSet(new URL(`${site.url}/.well-known/valetkey/jwks.json`));
    const { payload } = await jwtVerify(token, keys, {
      issuer: 'http://wiki.example',
      audience: service.url,
    });
    expect(payload).toMatchObject({
      sub: 'id-alice',
      preferred_username: 'alice',
      scope: 'notes_read',
      client_id: 'client-1',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
  });

  test('its identity token is no credential: not as a key, a bearer token, a password or a cookie', async () => {
    await site.get('/api/notes', key);
    const token = String(service.received.splice(0)[0]?.headers['x-valetkey-jwt']);
    const forms: Record<string, string>[] = [
      { 'User-Api-Key': token },
      { Authorization: `Bearer ${token}` },
      { Authorization: `Basic ${btoa(`alice:${token}`)}` },
      { 'Api-Key': token },
      { 'X-Valetkey-Jwt': token },
      { cookie: `valetkey_session=${token}; valetkey_sign_in=${token}` },
    ];
    for (const headers of forms) {
      await fetch(`${site.url}/api/notes`, { headers });
      const page = await fetch(`${site.url}/valetkey/apps`, { headers, redirect: 'manual' });
      expect(page.status).not.toBe(200);
    }
    for (const { headers } of service.received) expect(headers['x-valetkey-user']).toBe('-');
  });

  test('is denied on a route outside of its scopes, with the required scopes', async () => {
    const response = await fetch(`${site.url}/api/notes`, {
      method: 'POST',
      headers: { 'User-Api-Key': key },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: 'scope_insufficient',
      required_scopes: ['notes_write'],
    });
    expect(service.received).toEqual([]);
  });

  test.each(['/', '/api', '/api/notes/', '/api/notes/7/x', '/API/notes', '/login'])(
    'is denied on %s, which no scope names',
    async (path) => {
      const response = await site.get(path, key);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'scope_insufficient' });
      expect(service.received).toEqual([]);
    },
  );

  test('is denied after the revocation, and with an unknown key', async () => {
    const short = await site.approve('bob');
    expect((await site.get('/api/notes', short)).status).toBe(200);
    await site.revoke(short);
    expect(await (await site.get('/api/notes', short)).json()).toMatchObject({ code: 'key_revoked' });
    expect(await (await site.get('/api/notes', '0'.repeat(32))).json()).toMatchObject({
      code: 'key_unknown',
    });
    expect(service.received).toHaveLength(1);
  });
});

describe('a request without a key', () => {
  test('reaches the service as it is, with its cookies and an empty identity', async () => {
    const response = await fetch(`${site.url}/any?a=1`, {
      method: 'POST',
      body: 'text',
      headers: { cookie: 'user=bob' },
    });
    expect(await response.text()).toBe('POST /any?a=1');
    const [received] = service.received;
    expect(received).toMatchObject({
      body: 'text',
      headers: { cookie: 'user=bob', host: new URL(site.url).host },
    });
    for (const name of IDENTITY) expect(received?.headers[name]).toBe('-');
  });
});

describe('headers of the sender', () => {
  const spellings = [
    'X-Valetkey-User',
    'x-valetkey-user',
    'X_Valetkey_User',
    'X.Valetkey.User',
    'X-VALETKEY_user',
    'X!Valetkey!User',
    "x~valetkey'user",
    'X|Valetkey|User',
    'x-valetkey-new',
  ];
  const senders = { 'a valid key': () => key, 'an unknown key': () => '0'.repeat(32), 'no key': () => null };

  for (const [sender, keyOf] of Object.entries(senders)) {
    test.each(spellings)(
      `%s with ${sender}: the service sees the value of the gateway or nothing`,
      async (name) => {
        const own = keyOf();
        await fetch(`${site.url}/api/notes`, {
          headers: { ...(own !== null && { 'User-Api-Key': own }), [name]: 'mallory' },
        });
        expect(JSON.stringify(service.received)).not.toContain('mallory');
        for (const { headers } of service.received)
          expect(headers['x-valetkey-user']).toBe(own === null ? '-' : 'alice');
      },
    );
  }

  test.each([
    'User_Api_Key',
    'user.api.key',
    'User!Api~Key',
    'Api_Key',
    'USER-API-CLIENT-ID',
    'Content_Length',
    'Transfer.Encoding',
  ])('%s never reaches the service', async (name) => {
    await fetch(`${site.url}/any`, { headers: { [name]: 'secret-text' } });
    expect(JSON.stringify(service.received)).not.toContain('secret-text');
  });

  test.each(['X-Original-URL', 'X-Rewrite-URL', 'X_Original_URI', 'X-Forwarded-Uri', 'X.Forwarded.Method'])(
    '%s, by which a service may serve another path, never reaches the service',
    async (name) => {
      for (const own of [{ 'User-Api-Key': key }, {}])
        await fetch(`${site.url}/api/notes`, { headers: { ...own, [name]: '/admin/x' } });
      expect(service.received).toHaveLength(2);
      expect(JSON.stringify(service.received)).not.toContain('/admin/x');
    },
  );

  test.each(['X-HTTP-Method-Override', 'X_HTTP_Method_Override', 'X-HTTP-Method', 'X-Method-Override'])(
    '%s reaches the service without a key only',
    async (name) => {
      const ask = (headers: Record<string, string>) =>
        fetch(`${site.url}/api/notes`, { headers: { ...headers, [name]: 'DELETE' } });
      await ask({ 'User-Api-Key': key });
      expect(JSON.stringify(service.received.splice(0))).not.toContain('DELETE');
      await ask({});
      expect(service.received[0]?.headers[name.toLowerCase()]).toBe('DELETE');
    },
  );

  test('a key in the query never reaches the service', async () => {
    await fetch(`${site.url}/any?a=1&user%5fapi_key=${key}&b=2`);
    await fetch(`${site.url}/api/notes?user_api_key=${key}`, { headers: { 'User-Api-Key': key } });
    await fetch(`${site.url}/any?a=1&user%5fapi_key=other-text&b=2`);
    expect(JSON.stringify(service.received)).not.toMatch(new RegExp(`${key}|other-text`));
    expect(service.received.at(-1)?.url).toBe('/any?a=1&b=2');
  });

  test('a key as Basic password counts and never reaches the service; the password of a proxy does', async () => {
    const basic = (password: string) => ({ Authorization: `Basic ${btoa(`alice:${password}`)}` });
    await fetch(`${site.url}/api/notes`, { headers: basic(key) });
    await fetch(`${site.url}/any`, { headers: basic('open sesame') });
    expect(service.received[0]?.headers).toMatchObject({ 'x-valetkey-user': 'alice' });
    expect(service.received[0]?.headers).not.toHaveProperty('authorization');
    expect(service.received[1]?.headers).toMatchObject({
      'x-valetkey-user': '-',
      ...{ authorization: basic('open sesame').Authorization },
    });
  });

  test('X-Forwarded-For of an untrusted sender is replaced', async () => {
    await fetch(`${site.url}/any`, {
      headers: { 'X-Forwarded-For': '203.0.113.9', Forwarded: 'for=203.0.113.9' },
    });
    expect(service.received[0]?.headers['x-forwarded-for']).toBe('127.0.0.1');
    expect(service.received[0]?.headers).not.toHaveProperty('forwarded');
  });
});
