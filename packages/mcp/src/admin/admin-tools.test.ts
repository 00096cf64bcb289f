import { createOauth } from '@valetkey/oauth';
import type { ChangeFeed } from '@valetkey/server';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { readForm } from '@valetkey/test-support/page-form';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { expect, test, vi } from 'vitest';
import { createMcp } from '../create-mcp.ts';
import { createMcpSite, ROUTES } from '../test-support/mcp-site.ts';
import { callSlowly } from '../test-support/slow-call.ts';
import { defineTools } from '../tools/define-tools.ts';

const PATH = '/admin/mcp-tools';
const ADMIN = { cookie: 'session=admin' };

async function openSite(options: Parameters<typeof createMcpSite>[0] = {}) {
  const site = await createMcpSite(options);
  const page = async () => (await site.get(PATH, ADMIN)).text();
  return {
    ...site,
    page,
    disabled: () => site.valetkey.settings.current().mcp_disabled_tools,
    /** The form as a browser sends it, without the boxes of these tools. */
    async save(off: readonly string[] = [], on: readonly string[] = [], form = page()) {
      const fields = readForm(await form, PATH);
      for (const name of off) delete fields[`value:${name}`];
      for (const name of on) fields[`value:${name}`] = 'true';
      return site.postForm(PATH, fields, 'admin');
    },
  };
}

test('GET /admin/mcp-tools: lists each tool with its route, its scopes and its calls in the audit log', async () => {
  const { page, get } = await openSite();
  const text = await page();
  expect(text).toContain('Returns the title of a topic.');
  expect(text).toContain('<code>GET topics#show</code>');
  expect(text).toContain(
    'href="/admin/user-api-key-audit?action=mcp_tool_called&amp;subject=%3A+read_topic+"',
  );
  const { tools } = (await (await get(`${PATH}.json`, ADMIN)).json()) as { tools: object[] };
  expect(tools).toMatchObject([
    { name: 'create_post', method: 'POST', route: 'posts#create', scopes: ['write'], enabled: true },
    { name: 'read_topic', scopes: ['read', 'write'], enabled: true },
  ]);
});

test('its link to the audit log shows the calls of this tool only, and other admin pages link to it', async () => {
  const { page, get, connect, call } = await openSite();
  const token = await connect();
  await call(token, 'read_topic', { id: 7 });
  await call(token, 'create_post', { raw: 'Hello' });
  const href = /href="([^"]*subject=%3A\+read_topic\+)"/.exec(await page())?.[1]?.replaceAll('&amp;', '&');
  const audit = await (await get(String(href), ADMIN)).text();
  expect(audit).toContain('read_topic succeeded');
  expect(audit).not.toContain('create_post');
  expect(audit).toContain(`href="${PATH}"`);
});

test('POST /admin/mcp-tools: a tool that is off is neither listed nor called, and the audit log has the admin', async () => {
  const { save, disabled, connect, call, listToolNames, store, served } = await openSite();
  const token = await connect({ scopes: ['write'] });
  const saved = await save(['read_topic']);
  expect([saved.status, await saved.text()]).toEqual([200, expect.stringContaining('read_topic</code>')]);
  expect(disabled()).toEqual(['read_topic']);
  expect(await listToolNames(token)).toEqual(['create_post']);
  expect((await call(token, 'read_topic', { id: 7 })).json.error).toMatchObject({ code: -32602 });
  expect(served).toEqual([]);
  const [event] = await store.listAuditEvents({ beforeId: null, limit: 1 });
  expect(event).toMatchObject({
    action: 'setting_changed',
    actorId: 'id-admin',
    subject: 'mcp_disabled_tools',
    ipAddress: '192.0.2.1',
  });
  await save([], ['read_topic']);
  expect(disabled()).toEqual([]);
  expect((await call(token, 'read_topic', { id: 7 })).status).toBe(200);
});

test('a page that was opened earlier does not undo the change of another admin, and a saved page without changes stores nothing', async () => {
  const { page, save, disabled, valetkey, store } = await openSite();
  const old = page();
  await old;
  await valetkey.settings.set('mcp_disabled_tools', 'create_post|tool_of_last_year');
  await save(['read_topic'], [], old);
  expect(disabled()).toEqual(['create_post', 'tool_of_last_year', 'read_topic']);
  const count = async () => (await store.listAuditEvents({ beforeId: null, limit: 100 })).length;
  const before = await count();
  await save();
  expect(await count()).toBe(before);
});

test('another node neither lists nor calls a tool that is turned off', async () => {
  const listeners = new Set<Parameters<ChangeFeed['subscribe']>[0]>();
  const changeFeed: ChangeFeed = {
    publish(change) {
      for (const listener of listeners) listener(change);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const store = createMemoryStore();
  const [node, other] = [await openSite({ store, changeFeed }), await openSite({ store, changeFeed })];
  const token = await other.connect();
  await node.save(['read_topic']);
  await vi.waitFor(async () => expect(await other.listToolNames(token)).toEqual([]));
  expect((await other.call(token, 'read_topic', { id: 7 })).json.error).toMatchObject({ code: -32602 });
});

test('is for admins with a session and a CSRF token only', async () => {
  const { get, postForm, send, connect, disabled } = await openSite();
  const form = { 'was:read_topic': 'true' };
  expect((await get(PATH, { cookie: 'session=alice' })).status).toBe(403);
  expect((await get(PATH, {})).status).toBe(302);
  expect((await postForm(PATH, form, 'alice')).status).toBe(403);
  const attempts: Record<string, string>[] = [
    ADMIN,
    { authorization: `Bearer ${await connect({ scopes: ['write'], userId: 'id-admin' })}` },
  ];
  for (const headers of attempts) {
    const response = await send(PATH, { method: 'POST', body: new URLSearchParams(form), headers });
    expect(response.status).toBe(403);
  }
  expect(disabled()).toEqual([]);
});

test('a site without tools has neither the page nor a link to it', async () => {
  const tools = defineTools({ routes: ROUTES, tools: [] });
  const extensions = [
    createOauth({ resources: ['/mcp'] }),
    createMcp({ tools, serve: () => new Response() }),
  ];
  const site = await createTestSite({ extensions });
  expect(site.valetkey.serves(new Request(`https://forum.example${PATH}`))).toBe(false);
  for (const path of ['/admin/user-api-keys', '/admin/oauth-clients'])
    expect(await (await site.get(path, ADMIN)).text()).not.toContain(PATH);
});

test.each([
  ['mcp_disabled_tools', 'read_topic', 200],
  ['allow_mcp', false, 404],
] as const)('%s: also ends a call whose body is not complete yet', async (setting, value, status) => {
  const site = await openSite();
  const token = await site.connect();
  const response = await callSlowly(site, token, () => site.valetkey.settings.set(setting, value));
  expect(response.status).toBe(status);
  expect(await response.json()).toHaveProperty('error');
  expect(site.served).toEqual([]);
});
