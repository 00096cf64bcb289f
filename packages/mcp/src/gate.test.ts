import { describe, expect, test, vi } from 'vitest';
import { createMcpSite } from './test-support/mcp-site.ts';

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const CALL = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'read_topic', arguments: { id: 7 } },
};
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 'a',
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

describe('POST /mcp without a valid token: 401 with the metadata, before the body is read', () => {
  const bodies = [
    ['initialize', INITIALIZE],
    ['a call', CALL],
    ['garbage', '{{{'],
    ['a batch', [LIST, LIST]],
  ] as const;
  const senders: [
    string,
    (site: Awaited<ReturnType<typeof createMcpSite>>) => Promise<Record<string, string>>,
  ][] = [
    ['no token', async () => ({})],
    ['another scheme', async (site) => ({ authorization: `Token ${await site.connect()}` })],
    ['a Basic password', async (site) => ({ authorization: `Basic ${btoa(`x:${await site.connect()}`)}` })],
    ['the header User-Api-Key', async (site) => ({ 'user-api-key': await site.connect() })],
    ['a cookie of alice', async () => ({ cookie: 'session=alice' })],
    ['an unknown token', async () => ({ authorization: `Bearer ${'f'.repeat(32)}` })],
    ['no key at all', async () => ({ authorization: 'Bearer not-a-key' })],
    [
      'an expired token',
      async (site) => {
        const token = await site.connect();
        site.advance(3_600_001);
        return { authorization: `Bearer ${token}` };
      },
    ],
    [
      'a token for the API',
      async (site) => ({ authorization: `Bearer ${await site.connect({ resources: ['/'] })}` }),
    ],
    ['the key of an app', async (site) => ({ authorization: `Bearer ${(await site.approve()).key}` })],
  ];

  test.each(senders)('%s', async (_name, headersOf) => {
    const site = await createMcpSite();
    const headers = await headersOf(site);
    for (const [name, body] of bodies) {
      const { status, headers: given, json } = await site.post(null, body, { headers });
      expect(status, name).toBe(401);
      expect(given.get('www-authenticate'), name).toContain(`resource_metadata="${site.metadataUrl}"`);
      expect(json, name).toMatchObject({ jsonrpc: '2.0', error: { code: 401 } });
    }
    expect(site.served).toEqual([]);
  });

  test('the body is not read', async () => {
    const site = await createMcpSite();
    const pull = vi.fn((controller: ReadableStreamDefaultController) => controller.close());
    for (const token of ['f'.repeat(32), await site.connect({ resources: ['/'] })]) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const body = new ReadableStream({ pull }, { highWaterMark: 0 });
      const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
      expect((await site.send('/mcp', init)).status).toBe(401);
    }
    expect(pull).not.toHaveBeenCalled();
  });

  test('the challenge names the default scopes; a token that was sent is called invalid', async () => {
    const site = await createMcpSite();
    const [none, invalid] = [await site.post(null, LIST), await site.post('f'.repeat(32), LIST)];
    expect(none.headers.get('www-authenticate')).toBe(
      `Bearer resource_metadata="${site.metadataUrl}", scope="read"`,
    );
    expect(invalid.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token", /);
  });

  test('a token for another resource is named so', async () => {
    const site = await createMcpSite();
    const { json } = await site.post(await site.connect({ resources: ['/'] }), LIST);
    expect(json.error.data.code).toBe('key_for_another_resource');
  });

  test('a revoked grant and a suspended user end the access at once', async () => {
    const site = await createMcpSite();
    const token = await site.connect();
    expect((await site.post(token, LIST)).status).toBe(200);
    site.changeUser('alice', { isSuspended: true });
    expect((await site.post(token, LIST)).status).toBe(403);
    site.changeUser('alice', { isSuspended: false });
    const [grant] = await site.valetkey.grantsOf('id-alice');
    await site.postForm('/oauth/grants/revoke', { id: String(grant?.id) }, 'alice');
    expect((await site.post(token, LIST)).status).toBe(401);
  });

  test('a site in a folder names the metadata of the folder', async () => {
    const site = await createMcpSite({ baseUrl: 'https://example.org/forum' });
    const { status, headers } = await site.post(null, LIST);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toContain(
      'resource_metadata="https://example.org/.well-known/oauth-protected-resource/forum/mcp"',
    );
    expect((await site.call(await site.connect(), 'read_topic', { id: 7 })).status).toBe(200);
    expect(site.served[0]?.url).toBe('https://example.org/forum/t/7.json');
  });
});

describe('other methods', () => {
  test.each(['GET', 'DELETE', 'PUT', 'HEAD'])(
    '%s /mcp: 405 with Allow, with or without a token',
    async (method) => {
      const site = await createMcpSite();
      const headers = { authorization: `Bearer ${await site.connect()}` };
      for (const init of [{ method }, { method, headers }]) {
        const response = await site.send('/mcp', init);
        expect([response.status, response.headers.get('allow')]).toEqual([405, 'OPTIONS, POST']);
      }
    },
  );
});

describe('origins', () => {
  const FOREIGN = [
    ['https://evil.example'],
    ['null'],
    ['http://forum.example'],
    ['https://forum.example.evil.test'],
  ];

  test.each(FOREIGN)('%s is refused before the token is verified (403)', async (origin) => {
    const site = await createMcpSite();
    for (const token of [null, await site.connect()]) {
      const { status, json, headers } = await site.post(token, CALL, { headers: { origin } });
      expect([status, json.error.data.code]).toEqual([403, 'origin_not_allowed']);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
    const preflight = await site.send('/mcp', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    expect(site.served).toEqual([]);
  });

  test('the site’s own pages and listed origins are served; these can read the challenge', async () => {
    const site = await createMcpSite();
    await site.valetkey.settings.set('cors_origins', 'https://app.example');
    const token = await site.connect();
    expect((await site.post(token, CALL, { headers: { origin: 'https://forum.example' } })).status).toBe(200);
    const origin = 'https://app.example';
    const preflight = await site.send('/mcp', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers':
          'authorization,content-type,mcp-protocol-version,mcp-method,mcp-name',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('mcp-protocol-version');
    for (const sent of [null, token]) {
      const { headers } = await site.post(sent, CALL, { headers: { origin } });
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });
});

describe('bodies with a valid token', () => {
  test.each([
    ['garbage', '{{{', 400, -32700],
    ['a batch', [LIST, LIST], 400, -32600],
    [
      'a subscription, whose stream would outlast the key',
      { ...LIST, method: 'subscriptions/listen' },
      404,
      -32601,
    ],
    ['more than 256 kB', JSON.stringify({ ...LIST, params: { x: 'x'.repeat(300_000) } }), 413, -32600],
  ])('%s is refused, and counts as one use', async (_name, body, status, code) => {
    const site = await createMcpSite();
    const token = await site.connect();
    const { json, ...response } = await site.post(token, body);
    expect([response.status, json.error.code]).toEqual([status, code]);
    const { headers } = await site.post(token, LIST);
    expect(headers.get('ratelimit')).toMatch(/"day";r=2878;/);
  });
});

describe('limits', () => {
  test('every message counts once, a call too', async () => {
    const site = await createMcpSite();
    const token = await site.connect();
    const remaining = async (send: () => Promise<{ headers: Headers }>) =>
      Number(/"day";r=(\d+)/.exec((await send()).headers.get('ratelimit') ?? '')?.[1]);
    const before = await remaining(() => site.post(token, LIST));
    expect(await remaining(() => site.call(token, 'read_topic', { id: 7 }))).toBe(before - 1);
    expect(await remaining(() => site.call(token, 'read_topic', {}))).toBe(before - 2);
    expect(await remaining(() => site.call(token, 'no_such_tool', {}))).toBe(before - 3);
    await site.call(token, 'create_post', { raw: 'refused' });
    expect(await remaining(() => site.post(token, LIST))).toBe(before - 5);
    expect(site.served).toHaveLength(1);
  });

  test('429 with Retry-After above the limit; the flood is not added to the audit log', async () => {
    const site = await createMcpSite();
    await site.valetkey.settings.set('max_user_api_reqs_per_minute', 2);
    const token = await site.connect();
    const statuses = [];
    for (let i = 0; i < 6; i++) {
      const { status, headers } = await site.call(token, 'read_topic', { id: 7 });
      statuses.push(status);
      if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(statuses).toEqual([200, 200, 429, 429, 429, 429]);
    expect(await site.audited()).toHaveLength(2);
  });
});

test('the setting allow_mcp turns the endpoint off (404), whatever the token', async () => {
  const site = await createMcpSite();
  await site.valetkey.settings.set('allow_mcp', false);
  expect((await site.post(await site.connect(), LIST)).status).toBe(404);
  expect((await site.post(null, LIST)).status).toBe(404);
});
