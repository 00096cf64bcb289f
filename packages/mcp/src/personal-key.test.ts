import { createTestSite } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';
import { createMcpSite } from './test-support/mcp-site.ts';

const FORM = '/u/alice/preferences/api-keys/new';
const FOR_AGENTS = {
  application_name: 'My script',
  scopes: 'read',
  expires_in_seconds: '86400',
  for_agents: '1',
};
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

type Site = Pick<Awaited<ReturnType<typeof createMcpSite>>, 'postForm' | 'valetkey'>;

async function createKey({ postForm, valetkey }: Site, values: Record<string, string>) {
  await valetkey.settings.set('allow_personal_user_api_keys', 'all');
  const response = await postForm(`${FORM}.json`, values, 'alice');
  return ((await response.json()) as { key: { key: string; for_agents: boolean } }).key;
}

test('a personal key with the tick calls tools as a bearer token, and opens the API', async () => {
  const site = await createMcpSite();
  const { key, for_agents } = await createKey(site, FOR_AGENTS);
  expect(for_agents).toBe(true);
  expect((await site.call(key, 'read_topic', { id: 7 })).status).toBe(200);
  expect(await site.audited()).toEqual(['My script: read_topic succeeded']);
  const result = await site.authorize(key, { name: 'list#latest' });
  expect(result.kind).toBe('key');
  expect((await site.post(null, LIST, { headers: { 'user-api-key': key } })).status).toBe(401);
});

test('a personal key without the tick opens the API only', async () => {
  const site = await createMcpSite();
  const { for_agents: _, ...others } = FOR_AGENTS;
  for (const values of [others, { ...others, for_agents: '' }, { ...others, for_agents: '0' }]) {
    const { key, for_agents } = await createKey(site, values);
    const { status, json } = await site.post(key, LIST);
    expect([for_agents, status, json.error.data.code]).toEqual([false, 401, 'key_for_another_resource']);
  }
});

test('the form offers the tick only on a site with MCP, and a key of another site has no such resource', async () => {
  const site = await createMcpSite();
  const plain = await createTestSite();
  for (const { valetkey } of [site, plain])
    await valetkey.settings.set('allow_personal_user_api_keys', 'all');
  const read = async ({ get }: Pick<typeof plain, 'get'>) =>
    (await get(FORM, { cookie: 'session=alice' })).text();
  expect(await read(site)).toContain('name="for_agents"');
  expect(await read(plain)).not.toContain('for_agents');
  const { for_agents } = await createKey({ ...plain, postForm: plain.post }, FOR_AGENTS);
  expect(for_agents).toBe(false);
});
