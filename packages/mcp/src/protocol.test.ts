import { expect, test } from 'vitest';
import { createMcpSite } from './test-support/mcp-site.ts';

const VERSION = '2026-07-28';
const META = {
  'io.modelcontextprotocol/protocolVersion': VERSION,
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** A message of the revision of 2026, with the headers that it requires. */
function modern(method: string, params: object = {}, name?: string) {
  const headers: Record<string, string> = {
    'mcp-protocol-version': VERSION,
    'mcp-method': method,
    ...(name !== undefined && { 'mcp-name': name }),
  };
  return { body: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: META } }, headers };
}

test.each([
  ['2025-03-26', '2025-03-26'],
  ['2025-06-18', '2025-06-18'],
  ['2025-11-25', '2025-11-25'],
  ['1999-01-01', '2025-11-25'],
  ['2026-07-28', '2025-11-25'],
])('initialize with %s answers %s: JSON, no session, no stream', async (protocolVersion, answered) => {
  const site = await createMcpSite();
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  const { json, headers } = await site.post(await site.connect(), {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params,
  });
  expect(json.result).toMatchObject({
    protocolVersion: answered,
    capabilities: { tools: { listChanged: false } },
    serverInfo: { name: 'Plum Forum' },
  });
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expect([headers.get('mcp-session-id'), headers.get('cache-control')]).toEqual([null, 'no-store']);
});

test('server/discover, tools/list and tools/call of 2026-07-28 need no initialize', async () => {
  const site = await createMcpSite();
  const token = await site.connect();
  const send = ({ body, headers }: ReturnType<typeof modern>) => site.post(token, body, { headers });
  const discovered = await send(modern('server/discover'));
  expect(discovered.json.result).toMatchObject({ resultType: 'complete', supportedVersions: [VERSION] });
  const listed = await send(modern('tools/list'));
  expect(listed.json.result).toMatchObject({
    ttlMs: 60_000,
    cacheScope: 'private',
    tools: [{ name: 'read_topic' }],
  });
  const called = await send(modern('tools/call', { name: 'read_topic', arguments: { id: 7 } }, 'read_topic'));
  expect(called.json.result).toMatchObject({ resultType: 'complete', content: [{ type: 'text' }] });
});

test('a header that contradicts the body is refused before the tool runs (2026-07-28)', async () => {
  const site = await createMcpSite();
  const token = await site.connect();
  const { body, headers } = modern('tools/call', { name: 'read_topic', arguments: { id: 7 } }, 'create_post');
  const { status, json } = await site.post(token, body, { headers });
  expect([status, json.error.code]).toEqual([400, -32020]);
  expect(site.served).toEqual([]);
});

test('a notification is accepted without a body (202), an unknown method is named', async () => {
  const site = await createMcpSite();
  const token = await site.connect();
  const notified = await site.post(token, { jsonrpc: '2.0', method: 'notifications/initialized' });
  expect([notified.status, notified.text]).toEqual([202, '']);
  const { json } = await site.post(token, { jsonrpc: '2.0', id: 1, method: 'resources/list' });
  expect(json.error.code).toBe(-32601);
});

test('50 clients with equal ids at the same time each get their own answer', async () => {
  const site = await createMcpSite();
  site.respond.with = (url) => Response.json({ path: url.pathname });
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const { json } = await site.call(await site.connect(), 'read_topic', { id: index + 1 });
      return JSON.parse(json.result.content[0].text).path;
    }),
  );
  expect(answers).toEqual(answers.map((_, index) => `/t/${index + 1}.json`));
});

test('a long JSON-RPC id comes back as it was sent', async () => {
  const site = await createMcpSite();
  const id = 'i'.repeat(5000);
  const { json } = await site.post(await site.connect(), { jsonrpc: '2.0', id, method: 'ping' });
  expect(json.id).toBe(id);
});
