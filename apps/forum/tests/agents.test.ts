import { connectAgent } from '@valetkey/test-support/connect-agent';
import { expect, onTestFinished, test } from 'vitest';
import { startTestSite, type TestSite } from '../src/testing/index.ts';

async function startAgent(scope: string, settings: Record<string, unknown> = {}) {
  const site = await startTestSite({ settings: { max_user_api_reqs_per_minute: 1_000, ...settings } });
  onTestFinished(() => site.close());
  return { site, agent: await connect(site, scope) };
}

const connect = (site: TestSite, scope: string) =>
  connectAgent(site.url, { admin: site.user('admin').call, user: site.user('alice').call, scope });

const TOOLS = [
  'discourse_bookmark_list',
  'discourse_create_post',
  'discourse_create_topic',
  'discourse_current_user_get',
  'discourse_filter_topics',
  'discourse_get_user',
  'discourse_list_categories',
  'discourse_notification_list',
  'discourse_read_post',
  'discourse_read_topic',
  'discourse_search',
  'discourse_update_post',
  'discourse_user_status_set',
];

test('tools that read: each returns what its route has', async () => {
  const { agent } = await startAgent('read');
  const { results } = await agent.call('discourse_search', { query: 'silver leaf' });
  expect(results).toMatchObject([{ title: 'When do you prune an old Victoria plum?' }]);
  const topic = await agent.call('discourse_read_topic', { topic_id: results[0].id, post_limit: 2 });
  expect(topic).toMatchObject({
    title: results[0].title,
    posts: [{ username: 'bob' }, { username: 'alice' }],
  });
  expect(topic.meta).toEqual({ start_post: 1, returned: 2, has_more: true });
  const rest = await agent.call('discourse_read_topic', { topic_id: results[0].id, start_post_number: 3 });
  expect(rest).toMatchObject({ posts: [{ username: 'mona' }], meta: { has_more: false } });
  expect(await agent.call('discourse_read_post', { post_id: topic.posts[0].id })).toMatchObject(
    topic.posts[0],
  );
  expect(await agent.call('discourse_filter_topics')).toMatchObject({ meta: { has_more: false } });
  expect((await agent.call('discourse_list_categories')).categories).toHaveLength(4);
  expect(await agent.call('discourse_current_user_get')).toMatchObject({ username: 'alice' });
  expect(await agent.call('discourse_get_user', { username: 'bob' })).toMatchObject({
    username: 'bob',
    trust_level: 0,
  });
  expect(await agent.call('discourse_notification_list')).toHaveProperty('notifications');
  expect(await agent.call('discourse_bookmark_list', { username: 'alice' })).toHaveProperty('bookmarks');
  await expect(agent.call('discourse_read_topic', { topic_id: 999 })).rejects.toThrow('could not be found');
});

test('tools that write: they write as the user, and the forum’s own rules apply', async () => {
  const { agent } = await startAgent('write');
  const topic = await agent.call('discourse_create_topic', {
    title: 'A topic that an agent starts',
    raw: 'Its first post has twenty characters.',
  });
  const post = await agent.call('discourse_create_post', { topic_id: topic.topic_id, raw: 'A first reply.' });
  expect(post).toMatchObject({ topic_id: topic.topic_id, post_number: 2, username: 'alice' });
  await agent.call('discourse_update_post', { post_id: post.id, raw: 'A changed reply.' });
  const { posts } = await agent.call('discourse_read_topic', { topic_id: topic.topic_id });
  expect(posts[1].raw).toBe('A changed reply.');
  await agent.call('discourse_user_status_set', { description: 'Picking plums', emoji: 'grapes' });
  expect((await agent.call('discourse_get_user', { username: 'alice' })).status.description).toBe(
    'Picking plums',
  );
  await expect(agent.call('discourse_update_post', { post_id: 1, raw: 'Not mine.' })).rejects.toThrow(
    'not permitted',
  );
  await expect(agent.call('discourse_create_post', { topic_id: 1, raw: 'Hi' })).rejects.toThrow(
    'Body is too short',
  );
});

test('the list of tools has those that can be requested; a call without the scope names it, and is not a post', async () => {
  const { agent } = await startAgent('read');
  const { json } = await agent.send('tools/list');
  const tools = json.result.tools as { name: string; description: string }[];
  expect(tools.map(({ name }) => name)).toEqual(TOOLS);
  expect(tools.find(({ name }) => name === 'discourse_create_post')?.description).toMatch(
    /Requires the scope write/,
  );
  const refused = await agent.send('tools/call', {
    name: 'discourse_create_post',
    arguments: { topic_id: 1, raw: 'This must not be stored.' },
  });
  expect(refused.status).toBe(403);
  expect(refused.headers.get('www-authenticate')).toMatch(
    /error="insufficient_scope", scope="read write", resource_metadata/,
  );
  expect(refused.json.error.message).toMatch(/required scopes: write/);
  const { posts } = await agent.call('discourse_read_topic', { topic_id: 1 });
  expect(JSON.stringify(posts)).not.toContain('This must not be stored.');
});

test('a call counts once, though it runs a route of the forum', async () => {
  const { site, agent } = await startAgent('read', { max_user_api_reqs_per_minute: 3 });
  for (let call = 0; call < 3; call++) await agent.call('discourse_list_categories');
  const { status, headers } = await agent.send('tools/list');
  expect([status, Number(headers.get('retry-after')) > 0]).toEqual([429, true]);
  await site.advance(61);
  expect(
    await agent.call('discourse_create_post', { topic_id: 1, raw: 'x'.repeat(20) }).catch(String),
  ).toMatch(/write/);
});

test('a token for /mcp alone does not open the API', async () => {
  const { site, agent } = await startAgent('read');
  const headers = { authorization: `Bearer ${agent.accessToken}` };
  const response = await fetch(`${site.url}/latest.json`, { headers });
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
    401,
    'key_for_another_resource',
  ]);
});

test('admins turn off a tool, and see each call with user, client, tool and outcome', async () => {
  const { site, agent } = await startAgent('read');
  await agent.call('discourse_list_categories');
  await site.changeSettings({ mcp_disabled_tools: 'discourse_list_categories' });
  await expect(agent.call('discourse_list_categories')).rejects.toThrow('no tool with this name');
  const { json } = await agent.send('tools/list');
  expect(JSON.stringify(json)).not.toContain('discourse_list_categories');
  const page = await site.user('admin').send('GET', '/admin/user-api-key-audit?action=mcp_tool_called');
  expect(await page.text()).toMatch(
    /An agent called a tool[\s\S]*alice[\s\S]*An agent: discourse_list_categories succeeded/,
  );
});

test('the end of a grant ends the access of the agent at once', async () => {
  const { site, agent } = await startAgent('read');
  await agent.call('discourse_list_categories');
  await site.user('admin').call('PUT', '/admin/site_settings/allow_mcp.json', { allow_mcp: 'false' });
  expect((await agent.send('tools/list')).status).toBe(404);
  await site.changeSettings({ allow_mcp: true });
  await fetch(`${site.url}/user-api-key/revoke`, {
    method: 'POST',
    headers: { authorization: `Bearer ${agent.accessToken}` },
  });
  expect((await agent.send('tools/list')).status).toBe(401);
});
