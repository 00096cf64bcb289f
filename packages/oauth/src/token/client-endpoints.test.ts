import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createOauthSite, registeredClient } from '../test-support/oauth-site.ts';

const SECRET = 'a secret with : and ü';
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

async function createSite() {
  const site = await createOauthSite();
  const secretHash = createHash('sha256').update(SECRET).digest('hex');
  await site.store.saveOauthClient(registeredClient({ clientId: 'service', secretHash }), null);
  return site;
}

describe('client authentication', () => {
  test.each([
    ['client_secret_basic', {}, basic('service', SECRET), 200],
    ['client_secret_basic and the same client_id', { client_id: 'service' }, basic('service', SECRET), 200],
    ['client_secret_post', { client_id: 'service', client_secret: SECRET }, {}, 200],
    ['no secret', { client_id: 'service' }, {}, 401],
    ['a wrong secret', { client_id: 'service', client_secret: 'wrong' }, {}, 401],
    ['a wrong secret in the header', {}, basic('service', 'wrong'), 401],
    [
      'the hash of the secret',
      { client_id: 'service', client_secret: createHash('sha256').update(SECRET).digest('hex') },
      {},
      401,
    ],
    ['two secrets', { client_secret: SECRET }, basic('service', SECRET), 400],
    ['two client ids', { client_id: 'public-client' }, basic('service', SECRET), 400],
    ['a secret of a public client', { client_id: 'public-client', client_secret: 'any' }, {}, 401],
    ['nothing', { client_id: '' }, {}, 401],
  ])('%s', async (_name, values, headers, status) => {
    const site = await createSite();
    const code = await site.approveCode({ client_id: 'service' });
    const form = { grant_type: 'authorization_code', ...code, ...values };
    const answer = await site.postForm('/oauth/token', form, headers);
    expect(answer.status).toBe(status);
    const challenge = 'authorization' in headers && status === 401 ? 'Basic realm="oauth"' : null;
    expect(answer.headers.get('www-authenticate')).toBe(challenge);
  });

  test('credentials in the query are ignored, and JSON bodies are refused', async () => {
    const site = await createSite();
    const { refresh_token } = await site.connect();
    const values = { grant_type: 'refresh_token', refresh_token, client_id: 'public-client' };
    const inQuery = await site.postForm(`/oauth/token?${new URLSearchParams(values)}`, {});
    expect(inQuery).toMatchObject({ status: 400, error: 'invalid_request' });
    const json = await site.send('/oauth/token', {
      method: 'POST',
      body: JSON.stringify(values),
      headers: { 'content-type': 'application/json' },
    });
    expect(json.status).toBe(400);
  });

  test('other grant types are refused, token exchange too', async () => {
    const { token } = await createSite();
    for (const grant_type of [
      'password',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:token-exchange',
      'toString',
    ]) {
      expect(await token({ grant_type })).toMatchObject({ status: 400, error: 'unsupported_grant_type' });
    }
  });
});

describe('POST /oauth/revoke', () => {
  test('a refresh token ends its grant, an access token ends alone', async () => {
    const site = await createSite();
    const revoke = (token: unknown, client_id = 'public-client') =>
      site.postForm('/oauth/revoke', { token: String(token), client_id });
    const first = await site.connect();
    const next = await site.refresh(first.refresh_token);
    expect((await revoke(first.access_token)).status).toBe(200);
    expect(await site.use(first.access_token)).toBe('401 key_revoked');
    expect(await site.use(next.access_token)).toBe('ok');
    expect((await revoke(next.refresh_token)).status).toBe(200);
    expect(await site.use(next.access_token)).toBe('401 key_revoked');
    expect(await site.refresh(next.refresh_token)).toMatchObject({ error: 'invalid_grant' });
  });

  test('changes nothing for unknown tokens, user API keys and tokens of other clients, with the same response', async () => {
    const site = await createSite();
    await site.store.saveOauthClient(registeredClient({ clientId: 'other-client' }), null);
    const tokens = await site.connect();
    const { key } = await site.approve();
    for (const token of [tokens.access_token, tokens.refresh_token, key, 'unknown']) {
      const answer = await site.postForm('/oauth/revoke', { token, client_id: 'other-client' });
      expect(answer.status).toBe(200);
    }
    expect(await site.use(tokens.access_token)).toBe('ok');
    expect(await site.use(key)).toBe('ok');
    expect((await site.refresh(tokens.refresh_token)).status).toBe(200);
    expect((await site.postForm('/oauth/revoke', { token: 'x', client_id: 'nobody' })).status).toBe(401);
  });

  test('POST /user-api-key/revoke with an access token ends its grant', async () => {
    const site = await createSite();
    const tokens = await site.connect();
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    expect((await site.send('/user-api-key/revoke', { method: 'POST', headers })).status).toBe(200);
    expect(await site.refresh(tokens.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    const again = await site.send('/user-api-key/revoke', { method: 'POST', headers });
    expect(again.status).toBe(401);
  });
});

describe('POST /oauth/introspect', () => {
  async function createIntrospection() {
    const site = await createSite();
    const introspect = (token: unknown, headers: HeadersInit = basic('service', SECRET)) =>
      site.postForm('/oauth/introspect', { token: String(token) }, headers);
    return { ...site, introspect };
  }

  test('describes a live access token', async () => {
    const { connect, introspect, now } = await createIntrospection();
    const { access_token } = await connect({ resource: 'https://forum.example/mcp' });
    expect(await introspect(access_token)).toMatchObject({
      active: true,
      scope: 'read write',
      client_id: 'public-client',
      username: 'alice',
      sub: 'id-alice',
      aud: ['https://forum.example/mcp'],
      iss: 'https://forum.example',
      token_type: 'Bearer',
      iat: Math.floor(now() / 1000),
      exp: Math.floor(now() / 1000) + 3_600,
    });
  });

  test('says only inactive about everything else', async () => {
    const { connect, approve, introspect, advance, refresh, changeUser } = await createIntrospection();
    const tokens = await connect();
    const { key } = await approve();
    for (const token of ['unknown', key, tokens.refresh_token]) {
      const { active, headers, status, ...others } = await introspect(token);
      expect([active, status, others]).toEqual([false, 200, {}]);
    }
    const next = await refresh(tokens.refresh_token);
    changeUser('alice', { isSuspended: true });
    expect(await introspect(next.access_token)).toMatchObject({ active: false });
    changeUser('alice', { isSuspended: false });
    expect(await introspect(next.access_token)).toMatchObject({ active: true });
    advance(3_600_000);
    expect(await introspect(next.access_token)).toMatchObject({ active: false });
  });

  test('is for clients with a secret', async () => {
    const { connect, postForm } = await createIntrospection();
    const { access_token } = await connect();
    const asPublic = { token: access_token, client_id: 'public-client' };
    expect(await postForm('/oauth/introspect', asPublic)).toMatchObject({ status: 401 });
  });
});

describe('resources (RFC 8707)', () => {
  test.each([
    ['https://forum.example/mcp'],
    ['https://forum.example/mcp/'],
    ['HTTPS://FORUM.example:443/mcp'],
  ])('%s: the token is valid there and refused at the API', async (resource) => {
    const { connect, use, verifyAt } = await createResources();
    const { access_token } = await connect({ resource });
    expect(await use(access_token)).toBe('401 key_for_another_resource');
    expect(await verifyAt(access_token, '/mcp')).toBe('ok');
  });

  test.each([['https://forum.example'], ['https://forum.example/']])(
    '%s: only at the API',
    async (resource) => {
      const { connect, use, verifyAt } = await createResources();
      const { access_token } = await connect({ resource });
      expect(await use(access_token)).toBe('ok');
      expect(await verifyAt(access_token, '/mcp')).toBe('key_for_another_resource');
    },
  );

  test('without one, everywhere; the token request may narrow it, and never widen it', async () => {
    const { connect, approveCode, redeem, refresh, use, verifyAt } = await createResources();
    const { access_token } = await connect();
    expect([await use(access_token), await verifyAt(access_token, '/mcp')]).toEqual(['ok', 'ok']);
    const mcp = { resource: 'https://forum.example/mcp' };
    const narrowed = await redeem({ ...(await approveCode()), ...mcp });
    expect(await use(narrowed.access_token)).toBe('401 key_for_another_resource');
    const wider = await refresh(narrowed.refresh_token);
    expect(await use(wider.access_token)).toBe('ok');
    const onlyMcp = await connect(mcp);
    expect(await refresh(onlyMcp.refresh_token, { resource: 'https://forum.example' })).toMatchObject({
      status: 400,
      error: 'invalid_target',
    });
  });

  test('two different ones in a request are rejected, at the token endpoint and before a page is shown', async () => {
    const site = await createOauthSite();
    const two = (values: Record<string, string>) => {
      const body = new URLSearchParams(values);
      for (const path of ['', '/mcp']) body.append('resource', `https://forum.example${path}`);
      return body;
    };
    const code = await site.approveCode();
    const form = two({ grant_type: 'authorization_code', client_id: 'public-client', ...code });
    const answer = await site.send('/oauth/token', { method: 'POST', body: form });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_request', code: 'parameter_invalid' }),
    ]);
    expect(await site.redeem(code)).toMatchObject({ status: 200 });
    const asked = await site.get(`/oauth/authorize?${two(site.asks())}`, { cookie: 'session=alice' });
    expect([asked.status, asked.headers.get('location')]).toEqual([400, null]);
  });

  test('a user API key is valid at the API only', async () => {
    const { approve, verifyAt } = await createResources();
    const { key } = await approve();
    expect([await verifyAt(key, '/'), await verifyAt(key, '/mcp')]).toEqual([
      'ok',
      'key_for_another_resource',
    ]);
  });

  async function createResources() {
    const site = await createSite();
    return {
      ...site,
      async verifyAt(key: string, resource: string) {
        const result = await site.valetkey.verify({
          credential: { kind: 'user_key', key },
          method: 'GET',
          route: { name: 'list#latest' },
          ipAddress: '192.0.2.1',
          userAgent: null,
          resource,
        });
        return result.allowed ? 'ok' : result.code;
      },
    };
  }
});
