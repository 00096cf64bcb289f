import { expect, test } from 'vitest';
import { asApp, createTestForum, json } from './test-forum.ts';

/** A forum with Discourse's limit raised, and a `read` key of alice. */
async function createForum() {
  const forum = await createTestForum();
  await forum.forum.valetkey.settings.set('max_user_api_reqs_per_minute', 1_000);
  const key = await forum.issueKey('alice', 'read');
  const read = (path: string) => json(forum.fetch(path, asApp(key)));
  return { ...forum, key, read };
}

test.each([
  '/site',
  '/filter?q=status:open',
  '/top?period=all',
  '/user_actions?username=alice',
  '/tags',
  '/groups',
  '/categories',
  '/search?q=plum',
  '/posts',
  '/posts/1',
  '/posts/1/replies',
  '/posts/1/reply-ids',
  '/posts/1/reply-history',
  '/posts/1/cooked',
  '/t/1',
  '/t/-/1',
  '/t/1/posts',
  '/t/1/post_ids',
  '/u/alice',
  '/u/alice/summary',
  '/directory_items?period=all&order=post_count',
])('GET %s: returns JSON with a read key, and without a key', async (path) => {
  const { fetch, key } = await createForum();
  const [name, query = ''] = path.split('?');
  for (const init of [asApp(key), {}]) {
    const answer = await fetch(`${name}.json?${query}`, init);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    await answer.json();
  }
});

test('GET /site.json: has the categories, and the types of notifications and posts', async () => {
  const { read } = await createForum();
  expect(await read('/site.json')).toMatchObject({
    categories: [{ slug: 'general' }, { slug: 'fruit-trees' }, { slug: 'kitchen' }, { slug: 'feedback' }],
    notification_types: { mentioned: 1, replied: 2, posted: 9 },
    post_types: { regular: 1 },
    groups: [],
  });
});

test('GET /filter.json: filters by category, author, tag and status, and pages', async () => {
  const { read } = await createForum();
  const titles = async (q: string, more = '') => {
    const { topic_list } = await read(`/filter.json?q=${encodeURIComponent(q)}${more}`);
    return topic_list.topics.map(({ title }: { title: string }) => title);
  };
  expect(await titles('')).toHaveLength(12);
  expect(await titles('category:kitchen')).toHaveLength(3);
  expect(await titles('category:kitchen created-by:@bob')).toEqual(['How long do dried plums keep?']);
  expect(await titles('status:open category:kitchen order:latest')).toHaveLength(3);
  for (const none of ['category:nowhere', 'created-by:nobody', 'tag:plum', 'status:closed'])
    expect(await titles(none), none).toEqual([]);
  const first = await read('/filter.json?q=category:kitchen&per_page=2');
  expect(first.topic_list).toMatchObject({ per_page: 2, topics: [{}, {}] });
  const { pathname, searchParams } = new URL(first.topic_list.more_topics_url, 'http://x');
  expect(pathname).toBe('/filter');
  const second = await read(`/filter.json?${searchParams}`);
  expect(second.topic_list.topics).toHaveLength(1);
  expect(second.topic_list).not.toHaveProperty('more_topics_url');
});

test('lists: a page or size out of bounds is the nearest one, never an error or a whole table', async () => {
  const { read } = await createForum();
  for (const size of ['0', '-1', '99999999', 'x', '1e9', '']) {
    const { topic_list } = await read(`/filter.json?per_page=${size}`);
    expect(topic_list.per_page, size).toBeLessThanOrEqual(50);
    expect((await read(`/user_actions.json?username=alice&limit=${size}`)).user_actions.length).toBeLessThan(
      100,
    );
  }
  expect((await read('/top.json?page=999999999')).topic_list.topics).toEqual([]);
});

test('GET /top.json: has the most posts first, of the period', async () => {
  const { read, advance } = await createForum();
  const counts = (await read('/top.json?period=all')).topic_list.topics.map(
    ({ posts_count }: { posts_count: number }) => posts_count,
  );
  expect(counts).toHaveLength(12);
  expect(counts).toEqual(counts.toSorted((a: number, b: number) => b - a));
  const weekly = (await read('/top.json')).topic_list.topics.length;
  expect(weekly).toBeGreaterThan(0);
  expect(weekly).toBeLessThan(12);
  expect((await read('/top.json?period=constructor')).topic_list.topics).toHaveLength(weekly);
  advance(400 * 86_400_000);
  expect((await read('/top.json?period=yearly')).topic_list.topics).toEqual([]);
});

test('GET /user_actions.json: has topics and replies of one user, and nothing of deleted posts', async () => {
  const { read, signedIn } = await createForum();
  const of = async (query: string) => (await read(`/user_actions.json?username=bob${query}`)).user_actions;
  const all = await of('');
  expect(all.every(({ acting_username }: { acting_username: string }) => acting_username === 'bob')).toBe(
    true,
  );
  const [topics, replies] = [await of('&filter=4'), await of('&filter=5')];
  expect(topics.every(({ post_number }: { post_number: number }) => post_number === 1)).toBe(true);
  expect(replies.every(({ post_number }: { post_number: number }) => post_number > 1)).toBe(true);
  expect(topics.length + replies.length).toBe(all.length);
  expect(await of('&filter=1')).toEqual([]);
  expect(await of('&limit=1&offset=1')).toEqual([all[1]]);
  const bob = await signedIn('bob');
  await bob.send('DELETE', `/posts/${replies[0].post_id}.json`, {});
  expect(await of('&filter=5')).toHaveLength(replies.length - 1);
});

test('GET /user_actions.json: needs a user who exists', async () => {
  const { fetch } = await createForum();
  expect((await fetch('/user_actions.json')).status).toBe(400);
  expect((await fetch('/user_actions.json?username=nobody')).status).toBe(404);
});

test('GET /t/:id/posts.json: selects by post_ids[] and around, after and before a post number', async () => {
  const { read } = await createForum();
  const numbers = async (query: string) =>
    (await read(`/t/2/posts.json?${query}`)).post_stream.posts.map(
      ({ post_number }: { post_number: number }) => post_number,
    );
  const { post_ids } = await read('/t/2/post_ids.json');
  expect(await numbers('')).toEqual([1, 2, 3]);
  expect(await numbers(`post_ids[]=${post_ids[2]}&post_ids[]=1`)).toEqual([3]);
  expect(await numbers('post_number=2')).toEqual([1, 2, 3]);
  expect(await numbers('post_number=2&asc=true')).toEqual([3]);
  expect(await numbers('post_number=2&asc=false')).toEqual([1]);
  expect((await read('/t/2/post_ids.json?username_filters=MONA')).post_ids).toEqual([post_ids[2]]);
});

test('GET /posts/:id/replies.json and its siblings: follow replies in both directions', async () => {
  const { read, signedIn, issueKey, fetch } = await createForum();
  await signedIn('alice');
  const key = await issueKey('alice', 'write');
  const reply = async (to: number) => {
    const body = JSON.stringify({ topic_id: 1, raw: `A reply to post ${to}.`, reply_to_post_number: to });
    return json(fetch('/posts.json', asApp(key, { method: 'POST', body })));
  };
  const third = await reply(1);
  const fourth = await reply(third.post_number);
  expect(await read('/posts/1/reply-ids.json')).toEqual([
    { id: third.id, level: 1 },
    { id: fourth.id, level: 2 },
  ]);
  expect(await read('/posts/1/replies.json')).toMatchObject([{ id: third.id }]);
  expect(await read(`/posts/${fourth.id}/reply-history.json`)).toMatchObject([{ id: 1 }, { id: third.id }]);
});

test('PUT and DELETE /t/:id.json: only for the author and staff, and only with a write key', async () => {
  const { fetch, issueKey, key: readKey, read } = await createForum();
  const [alice, bob] = [await issueKey('alice', 'write', { clientId: 'a' }), await issueKey('bob', 'write')];
  const send = (key: string, method: string, path: string, body: object = {}) =>
    fetch(path, asApp(key, { method, body: JSON.stringify(body) }));
  const title = 'A title that is long enough';
  expect((await send(readKey, 'PUT', '/t/-/3.json', { title })).status).toBe(403);
  expect((await send(bob, 'PUT', '/t/-/3.json', { title })).status).toBe(403);
  expect((await send(alice, 'PUT', '/t/-/3.json', { title: 'short' })).status).toBe(422);
  expect((await send(alice, 'PUT', '/t/3.json', { category_id: 99 })).status).toBe(400);
  expect(await json(send(alice, 'PUT', '/t/-/3.json', { title, category_id: 3 }))).toMatchObject({
    basic_topic: { id: 3, title, slug: 'a-title-that-is-long-enough' },
  });
  expect(await read('/t/3.json')).toMatchObject({ title, category_id: 3 });
  expect((await send(alice, 'DELETE', '/t/3.json')).status).toBe(403);
  expect((await send(alice, 'DELETE', '/t/5.json')).status).toBe(200);
  expect((await fetch('/t/5.json')).status).toBe(404);
  expect((await send(alice, 'DELETE', '/t/5.json')).status).toBe(404);
});

test('POST /categories/search.json: needs a key that may write, as Discourse', async () => {
  const { fetch, issueKey, key } = await createForum();
  const body = JSON.stringify({ term: 'TREE', page: 1 });
  const search = (init: RequestInit) => fetch('/categories/search.json', { method: 'POST', body, ...init });
  expect((await search(asApp(key, { method: 'POST', body }))).status).toBe(403);
  const writeKey = await issueKey('alice', 'write');
  expect(await json(search(asApp(writeKey, { method: 'POST', body })))).toMatchObject({
    categories: [{ slug: 'fruit-trees' }],
    categories_count: 1,
  });
});
