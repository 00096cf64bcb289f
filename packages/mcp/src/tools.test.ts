import { createOauth } from '@valetkey/oauth';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { createMcp } from './create-mcp.ts';
import { createMcpSite, ROUTES, readTopic } from './test-support/mcp-site.ts';
import { defineTools } from './tools/define-tools.ts';
import type { Tool } from './tools/tool.ts';

describe('defineTools', () => {
  test.each<[string, Partial<Tool>, RegExp]>([
    ['a name with a dot', { name: 'read.topic' }, /its name must have/],
    ['an unknown route', { route: 'topics#hide' }, /there is no route topics#hide with the method GET/],
    ['another method', { method: 'DELETE' }, /there is no route topics#show with the method DELETE/],
    ['an unknown format', { format: 'rss' }, /its route has no format rss/],
    ['no description', { description: ' ' }, /no title or no description/],
    ['an input that is no object', { input: { type: 'array' } as never }, /the type object/],
    [
      'an unknown required field',
      { input: { type: 'object', required: ['id'] } },
      /requires id, which is not a property/,
    ],
  ])('rejects %s', (_name, changes, message) => {
    expect(() => defineTools({ routes: ROUTES, tools: [readTopic(changes)] })).toThrow(message);
  });

  test('rejects two tools of one name', () => {
    expect(() => defineTools({ routes: ROUTES, tools: [readTopic(), readTopic()] })).toThrow(
      /two tools have this name/,
    );
  });
});

describe('createMcp', () => {
  const tools = defineTools({ routes: ROUTES, tools: [readTopic()] });
  const serve = () => new Response();

  test('rejects a tool whose route no scope permits', async () => {
    const scopes = {
      post: { sentence: 'Write posts', permissions: [{ route: 'posts#create', methods: ['POST'] }] },
    } as const;
    const extensions = [createOauth({ resources: ['/mcp'] }), createMcp({ tools, serve })];
    await expect(createTestSite({ scopes, extensions })).rejects.toThrow(
      /“read_topic” cannot be used: no scope permits its route/,
    );
  });

  test('rejects a site without OAuth, where nobody could get a token', async () => {
    await expect(createTestSite({ extensions: [createMcp({ tools, serve })] })).rejects.toThrow(
      /MCP needs OAuth/,
    );
  });
});

describe('tools/list', () => {
  test('has the tools that the grant permits, sorted, and no other', async () => {
    const site = await createMcpSite();
    expect(await site.listToolNames(await site.connect({ scopes: ['read'] }))).toEqual(['read_topic']);
    expect(await site.listToolNames(await site.connect({ scopes: ['write'] }))).toEqual([
      'create_post',
      'read_topic',
    ]);
    expect(await site.listToolNames(await site.connect({ scopes: ['user_status'] }))).toEqual([]);
  });

  test('has with mcp_list_askable_tools those that could be requested, and names the scope', async () => {
    const site = await createMcpSite();
    await site.valetkey.settings.set('mcp_list_askable_tools', true);
    const token = await site.connect({ scopes: ['read'] });
    const { json } = await site.post(token, { jsonrpc: '2.0', id: 1, method: 'tools/list' });
    expect(json.result.tools).toMatchObject([
      {
        name: 'create_post',
        description: 'Adds a post. Requires the scope write, which you do not have yet.',
      },
      { name: 'read_topic', description: 'Returns the title of a topic.' },
    ]);
    await site.valetkey.settings.set('allow_user_api_key_scopes', 'read');
    expect(await site.listToolNames(token)).toEqual(['read_topic']);
  });

  test('derives the annotations from the method', async () => {
    const site = await createMcpSite();
    const token = await site.connect({ scopes: ['write'] });
    const { json } = await site.post(token, { jsonrpc: '2.0', id: 1, method: 'tools/list' });
    expect(json.result.tools.map(({ annotations }: { annotations: object }) => annotations)).toEqual([
      { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
      { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    ]);
  });
});

describe('a call', () => {
  test('runs the site’s own route with the key of the agent, and returns its JSON', async () => {
    const site = await createMcpSite();
    const token = await site.connect();
    const headers = { cookie: 'session=admin', 'user-agent': 'Agent/1', 'x-forwarded-for': '203.0.113.9' };
    const { json } = await site.call(token, 'read_topic', { id: 7 }, headers);
    expect(JSON.parse(json.result.content[0].text)).toEqual({ path: '/t/7.json', title: 'Plums' });
    expect(json.result.isError).toBeUndefined();
    expect(Object.fromEntries(site.served[0]?.headers ?? [])).toEqual({
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'user-agent': 'Agent/1',
    });
  });

  test('without the scope: 403 with the scopes that it has and the one that would permit it, and a sentence that says so', async () => {
    const site = await createMcpSite();
    const { status, headers, json } = await site.call(await site.connect(), 'create_post', { raw: 'Hello' });
    expect(status).toBe(403);
    expect(headers.get('www-authenticate')).toBe(
      `Bearer error="insufficient_scope", scope="read write", resource_metadata="${site.metadataUrl}"`,
    );
    expect(json).toMatchObject({ id: 1, error: { code: 403, data: { code: 'scope_insufficient' } } });
    expect(json.error.message).toContain('Ask the user for a key with one of the required scopes: write.');
    expect(site.served).toEqual([]);
  });

  test('without the scope is refused, though the site forgot to verify requests to the route', async () => {
    const site = await createMcpSite();
    site.respond.isGuarded = false;
    expect((await site.call(await site.connect(), 'create_post', { raw: 'Hello' })).status).toBe(403);
    expect(site.served).toEqual([]);
  });

  test.each(['../admin/secrets', 'secrets', 'SECRETS', 'a/b', '%2e%2e', '..', '7.json', '7?x=1#y', ''])(
    'the value %j never reaches another route',
    async (id) => {
      const site = await createMcpSite();
      const { status, json } = await site.call(await site.connect({ scopes: ['write'] }), 'read_topic', {
        id,
      });
      expect(status).toBe(200);
      const paths = site.served.map(({ url }) => new URL(url).pathname);
      expect(json.result.isError === true ? paths : paths.map((path) => path.split('/').length)).toEqual(
        json.result.isError === true ? [] : [3],
      );
      expect(paths).not.toContain('/t/secrets.json');
    },
  );

  test('with an input that the schema rejects: a sentence for the model, and no request', async () => {
    const site = await createMcpSite();
    const { status, json } = await site.call(await site.connect(), 'read_topic', { id: [7] });
    expect([status, json.result.isError]).toEqual([200, true]);
    expect(json.result.content[0].text).toMatch(/^The input is invalid: .*id/);
    expect(site.served).toEqual([]);
  });

  test('of an unknown tool, or one that an admin turned off: an error that says so', async () => {
    const site = await createMcpSite();
    const token = await site.connect();
    await site.valetkey.settings.set('mcp_disabled_tools', 'read_topic');
    expect(await site.listToolNames(token)).toEqual([]);
    for (const name of ['read_topic', 'toString', '__proto__']) {
      const { json } = await site.call(token, name, { id: 7 });
      expect(json.error, name).toMatchObject({
        code: -32602,
        message: expect.stringContaining('no tool with this name'),
      });
    }
    expect(site.served).toEqual([]);
  });

  test('that the site refuses: its sentences become the result', async () => {
    const site = await createMcpSite();
    site.respond.with = () =>
      Response.json({ errors: ['No such topic.'], advice: 'List topics.' }, { status: 404 });
    const { json } = await site.call(await site.connect(), 'read_topic', { id: 7 });
    expect(json.result).toEqual({
      content: [{ type: 'text', text: 'No such topic. List topics.' }],
      isError: true,
    });
  });

  test('that the site fails, or answers without JSON: an error without details', async () => {
    const site = await createMcpSite();
    const token = await site.connect();
    for (const response of [new Response('stack trace', { status: 500 }), new Response('<h1>secret</h1>')]) {
      site.respond.with = () => response;
      const { text, json } = await site.call(token, 'read_topic', { id: 7 });
      expect(json.error).toEqual({ code: -32603, message: 'The site failed.' });
      expect(text).not.toMatch(/stack|secret/);
    }
  });

  test('that the site’s own verification refuses in the meantime: its challenge reaches the client', async () => {
    const site = await createMcpSite();
    const token = await site.connect();
    site.respond.with = () =>
      Response.json({ code: 'key_revoked' }, { status: 401, headers: { 'www-authenticate': 'Bearer' } });
    const { status, headers } = await site.call(token, 'read_topic', { id: 7 });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toContain(site.metadataUrl);
  });

  test('with a result that would fill the context of a model is refused', async () => {
    const site = await createMcpSite();
    site.respond.with = () => Response.json({ text: 'x'.repeat(300_000) });
    const { json } = await site.call(await site.connect(), 'read_topic', { id: 7 });
    expect(json.result).toMatchObject({ isError: true });
  });

  test('an error of the site’s code is not swallowed', async () => {
    const site = await createMcpSite();
    site.respond.with = () => {
      throw new Error('a defect of the site');
    };
    await expect(site.call(await site.connect(), 'read_topic', { id: 7 })).rejects.toThrow(
      'a defect of the site',
    );
  });

  test('is recorded with user, client, tool and outcome, without input', async () => {
    const site = await createMcpSite();
    const token = await site.connect();
    await site.call(token, 'read_topic', { id: 7 });
    await site.call(token, 'read_topic', { id: ['secret'] });
    await site.call(token, 'create_post', { raw: 'secret' });
    await site.call(token, 'no_such_tool', {});
    site.respond.with = () => Response.json({}, { status: 404 });
    await site.call(token, 'read_topic', { id: 8 });
    expect(await site.audited()).toEqual([
      'Agent: read_topic succeeded',
      'Agent: read_topic failed (400)',
      'Agent: create_post refused (scope_insufficient)',
      'Agent: read_topic failed (404)',
    ]);
    const [event] = await site.store.listAuditEvents({ beforeId: null, limit: 1, userId: 'id-alice' });
    expect(event).toMatchObject({ ownerId: 'id-alice', actorId: null, ipAddress: '192.0.2.1' });
  });
});
