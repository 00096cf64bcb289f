import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestSite } from '@valetkey/forum/testing';
import { expect, onTestFinished, test } from 'vitest';
import { describeWhenInstalled } from './installed.ts';
import { connectToMcp, generateUserApiKey } from './mcp-process.ts';

/** A site, and a profile with a key that the program itself has fetched by device flow. */
async function createProfile(scopes: string) {
  const site = await startTestSite({
    settings: { max_user_api_reqs_per_minute: 1_000, max_user_api_reqs_per_day: 10_000 },
  });
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-mcp-'));
  onTestFinished(async () => {
    rmSync(folder, { recursive: true });
    await site.close();
  });
  const profile = join(folder, 'profile.json');
  const args = ['--site', site.url, '--scopes', scopes, '--save-to', profile];
  await generateUserApiKey(args, (code) => site.approveDevice(code, 'alice'));
  return { site, profile };
}

// Installed by `npm run clients`; installed.test.ts fails in CI without it.
describeWhenInstalled('@discourse/mcp, unmodified', { timeout: 120_000 }, () => {
  test('gets a key by device flow, then searches and reads a topic', async () => {
    const { site, profile } = await createProfile('read');
    const mcp = await connectToMcp(['--site', site.url, '--profile', profile, '--log_level', 'silent']);
    const { results } = await mcp.call('discourse_search', { query: 'silver leaf' });
    expect(results).toMatchObject([{ title: 'When do you prune an old Victoria plum?' }]);
    const topic = await mcp.call('discourse_read_topic', { topic_id: results[0].id });
    expect(topic).toMatchObject({ title: results[0].title, posts_count: 3, tags: [] });
    expect(topic.posts.map(({ username }: { username: string }) => username)).toEqual([
      'bob',
      'alice',
      'mona',
    ]);
  });

  test('reads everything that its default tools for topics and users ask for', async () => {
    const { site, profile } = await createProfile('read');
    const mcp = await connectToMcp([
      '--site',
      site.url,
      '--profile',
      profile,
      '--toolsets',
      'all',
      '--log_level',
      'silent',
    ]);
    const calls: readonly (readonly [string, object, object])[] = [
      ['discourse_filter_topics', { filter: 'category:kitchen' }, { results: [{}, {}, {}] }],
      [
        'discourse_filter_topics',
        { view: 'top', top_period: 'all' },
        { results: expect.arrayContaining([expect.anything()]) },
      ],
      ['discourse_read_post', { post_id: 1 }, { id: 1, username: 'admin' }],
      [
        'discourse_list_user_posts',
        { username: 'bob' },
        { posts: expect.arrayContaining([expect.anything()]) },
      ],
      ['discourse_get_user', { username: 'alice' }, { username: 'alice', trust_level: 2 }],
      ['discourse_list_latest_posts', {}, { posts: expect.arrayContaining([expect.anything()]) }],
      [
        'discourse_read_topic_posts',
        { topic_id: 2, selection_mode: 'latest', limit: 1 },
        { posts: [{ username: 'mona' }] },
      ],
      [
        'discourse_read_topic_posts',
        { topic_id: 2, selection_mode: 'around_post', post_number: 2 },
        { posts: [{}, {}, {}] },
      ],
      [
        'discourse_read_topic_posts',
        { topic_id: 2, selection_mode: 'usernames', usernames: ['bob'] },
        { posts: [{}] },
      ],
      ['discourse_get_post_replies', { post_id: 1 }, { replies: [] }],
      ['discourse_get_user_summary', { username: 'bob' }, { topic_count: expect.any(Number) }],
      [
        'discourse_list_user_actions',
        { username: 'bob' },
        { actions: expect.arrayContaining([expect.anything()]) },
      ],
      [
        'discourse_list_directory_items',
        { period: 'all' },
        { directory_items: [{}, {}, {}, {}, {}], meta: { has_more: false } },
      ],
    ];
    const offered = await mcp.toolNames();
    for (const [name, args, shape] of calls) {
      expect(offered).toContain(name);
      expect(await mcp.call(name, args), name).toMatchObject(shape);
    }
    expect(await mcp.readResource('discourse://site/tags')).toMatchObject({ tags: [] });
  });

  test('writes with a write key, and receives the reason for a read key', async () => {
    const { site, profile } = await createProfile('write');
    const args = ['--site', site.url, '--allow_writes', '--toolsets', 'all', '--log_level', 'silent'];
    const mcp = await connectToMcp([...args, '--profile', profile]);
    const reply = await mcp.call('discourse_create_post', {
      topic_id: 1,
      raw: 'Written by a program for agents.',
    });
    expect(reply).toMatchObject({ topic_id: 1 });
    // Discourse reads this with POST, so a read key does not do.
    expect(await mcp.call('discourse_list_categories')).toMatchObject({ categories: [{}, {}, {}, {}] });
    const pairs = JSON.stringify([
      { site: site.url, user_api_key: await site.issueKey({ scopes: ['read'] }) },
    ]);
    const reader = await connectToMcp([...args, '--auth_pairs', pairs]);
    const refused = reader.call('discourse_create_post', { topic_id: 1, raw: 'This must not be stored.' });
    await expect(refused).rejects.toThrow(/403|scope/);
  });
});
