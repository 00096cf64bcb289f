import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { afterAll, expect, test } from 'vitest';
import { asApp, createTestForum, json } from './test-forum.ts';

const database = await createTestDatabase();
afterAll(() => database.drop());

/** Two forums on one database, which start at once; the first test fills it. */
async function createNodes() {
  const options = { databaseUrl: database.url };
  return Promise.all([createTestForum(options), createTestForum(options)]);
}

test('two forums on an empty PostgreSQL database: one of them writes the accounts and topics', async () => {
  const nodes = await createNodes();
  for (const { fetch } of nodes) {
    const { about } = await json(fetch('/about.json'));
    expect(about.stats).toEqual({ topics_count: 12, posts_count: expect.any(Number), users_count: 5 });
  }
  expect(await database.query('SELECT username FROM forum.users ORDER BY id LIMIT 1')).toEqual([
    { username: 'admin' },
  ]);
});

test('a session, a topic and a notification of one node: exist on the other', async () => {
  const [a, b] = await createNodes();
  const [alice, bob] = [await a.signedIn('alice'), await b.signedIn('bob')];
  const countUnread = async () => (await json(bob.get('/notifications/totals.json'))).unread_notifications;
  const before = await countUnread();
  const raw = 'Does this reach @bob on the other node?';
  const post = await json(
    alice.send('POST', '/posts.json', { title: 'A topic for two nodes', raw, category: 1 }),
  );
  const cookie = { headers: { cookie: alice.cookieHeader() } };
  expect((await json(b.fetch('/session/current.json', cookie))).current_user.username).toBe('alice');
  expect((await json(b.fetch(`/t/${post.topic_id}.json`))).title).toBe('A topic for two nodes');
  expect(await countUnread()).toBe(before + 1);
  expect((await json(b.fetch('/search.json?q=the+other+node'))).posts[0].id).toBe(post.id);
});

test('twenty replies on two nodes at once: have numbers without gaps', async () => {
  const [a, b] = await createNodes();
  const browsers = [await a.signedIn('alice'), await b.signedIn('mona')] as const;
  const reply = (index: number) =>
    json(
      browsers[index % 2 === 0 ? 0 : 1].send('POST', '/posts.json', { topic_id: 1, raw: `Reply ${index}` }),
    );
  const posts = await Promise.all(Array.from({ length: 20 }, (_, index) => reply(index)));
  const numbers = posts.map(({ post_number }) => Number(post_number)).sort((x, y) => x - y);
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
});

test('a user suspended on one node: is refused on the other, with a key and with a session', async () => {
  const [a, b] = await createNodes();
  const key = await b.issueKey('bob', 'read');
  const bob = await b.signedIn('bob');
  const use = async () => (await b.fetch('/latest.json', asApp(key))).status;
  expect(await use()).toBe(200);
  const admin = await a.signedIn('admin');
  const { user } = await json(a.fetch('/u/bob.json'));
  const until = { suspend_until: '2999-01-01' };
  expect((await admin.send('PUT', `/admin/users/${user.id}/suspend.json`, until)).status).toBe(200);
  await expect.poll(use, { timeout: 2_000 }).toBe(403);
  expect((await bob.get('/session/current.json')).status).toBe(404);
  expect((await admin.send('PUT', `/admin/users/${user.id}/unsuspend.json`, {})).status).toBe(200);
  await expect.poll(use, { timeout: 2_000 }).toBe(200);
});

test('a suspension whose change cannot be recorded: is not stored either', async () => {
  const [a] = await createNodes();
  const admin = await a.signedIn('admin');
  const { user } = await json(a.fetch('/u/bob.json'));
  const suspend = () =>
    admin.send('PUT', `/admin/users/${user.id}/suspend.json`, { suspend_until: '2999-01-01' });
  await database.query('ALTER TABLE valetkey.changes RENAME TO hidden');
  expect((await suspend()).status).toBe(500);
  await database.query('ALTER TABLE valetkey.hidden RENAME TO changes');
  const suspended = "SELECT username FROM forum.users WHERE username = 'bob' AND suspended_until IS NOT NULL";
  expect(await database.query(suspended)).toEqual([]);
});

test('text with NUL: 400 on PostgreSQL, in every place of a request', async () => {
  const [a] = await createNodes();
  const alice = await a.signedIn('alice');
  const post = { topic_id: 1, raw: 'A text with \0 in it' };
  expect((await alice.send('POST', '/posts.json', post)).status).toBe(400);
  expect((await alice.submit('/posts', { topic_id: '1', raw: post.raw })).status).toBe(400);
  expect(
    (await alice.send('POST', '/posts.json', { topic_id: 1, raw: 'The escape is \\u0000' })).status,
  ).toBe(200);
});

test.each([
  ['/t/99999999999999999999.json', 404],
  ['/posts/999999999999999999999999.json', 404],
  ['/posts.json?before=999999999', 200],
  ['/search.json?q=%00', 400],
  ['/u/a%00.json', 404],
  ['/user_actions.json?username=alice&filter=4', 200],
  ['/u/alice/summary.json', 200],
  ['/directory_items.json', 200],
  ['/top.json?period=all', 200],
  ['/filter.json?q=category:kitchen', 200],
  ['/c/kitchen/3.json', 200],
  ['/latest.rss', 200],
  ['/t/1/posts.json', 200],
  ['/t/1/post_ids.json?username_filters=alice', 200],
])('GET %s on PostgreSQL: %i', async (path, status) => {
  const [a] = await createNodes();
  expect((await a.fetch(path)).status).toBe(status);
});

test('what a user keeps: bookmarks, a status, read topics, on PostgreSQL', async () => {
  const [a, b] = await createNodes();
  const [alice, elsewhere] = [await a.signedIn('alice'), await b.signedIn('alice')];
  const reminder = { name: 'Later', reminder_at: '2030-01-31T12:00:00Z' };
  const bookmark = { bookmarkable_type: 'Topic', bookmarkable_id: 1, ...reminder };
  const [first, second] = await Promise.all(
    [alice, elsewhere].map((browser) => browser.send('POST', '/bookmarks.json', bookmark)),
  );
  expect([first?.status, second?.status].toSorted()).toEqual([200, 400]);
  const { user_bookmark_list } = await json(elsewhere.get('/u/alice/bookmarks.json'));
  expect(user_bookmark_list.bookmarks).toMatchObject([{ bookmarkable_id: 1, name: 'Later' }]);
  expect(await (await elsewhere.get('/u/alice/bookmarks.ics')).text()).toContain('SUMMARY:Later');
  const { id } = user_bookmark_list.bookmarks[0];
  expect(await json(elsewhere.send('DELETE', `/bookmarks/${id}.json`))).toMatchObject({ success: 'OK' });

  await alice.send('PUT', '/user-status.json', { description: 'On two nodes', emoji: 'plum' });
  expect(await json(elsewhere.get('/user-status.json'))).toMatchObject({ description: 'On two nodes' });
  await alice.send('DELETE', '/user-status.json');
  expect(await json(elsewhere.get('/user-status.json'))).toMatchObject({ description: null });

  const countNew = async () => (await json(elsewhere.get('/new.json?per_page=50'))).topic_list.topics.length;
  const before = await countNew();
  const unopened = (await json(elsewhere.get('/new.json'))).topic_list.topics[0].id;
  await alice.get(`/t/${unopened}`);
  expect(await countNew()).toBe(before - 1);
  expect((await elsewhere.get('/unread.json')).status).toBe(200);
  expect((await elsewhere.get('/u/alice/topic-tracking-state.json')).status).toBe(200);
  const poll = { '/latest': '0', '/notification/3': '0' };
  expect((await json(elsewhere.send('POST', '/message-bus/abc/poll.json', poll))).length).toBeGreaterThan(0);
  expect((await elsewhere.get('/notifications.json')).status).toBe(200);
  expect((await elsewhere.send('PUT', '/notifications/mark-read.json', {})).status).toBe(200);
});
