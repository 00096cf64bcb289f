import { expect, test } from 'vitest';
import { asApp, createTestForum, json, type TestForum } from './test-forum.ts';

const title = 'Whose <plums> & pears are these?';
const raw = 'Somebody left a basket of them at the gate.';

/** A topic of alice with a reply of bob, and an app of alice with the scope notifications only. */
async function createAnsweredTopic(forum: TestForum) {
  const alice = await forum.signedIn('alice');
  const bob = await forum.signedIn('bob');
  const key = await forum.issueKey('alice', 'notifications');
  const put = (path: string, body = '{}') => forum.fetch(path, asApp(key, { method: 'PUT', body }));
  const list = (query = '?recent=true&limit=25') =>
    json(forum.fetch(`/notifications.json${query}`, asApp(key)));
  const totals = () => json(forum.fetch('/notifications/totals.json', asApp(key)));
  await put('/notifications/mark-read');
  const { topic_id } = await json(alice.send('POST', '/posts.json', { title, raw }));
  const reply = (body: Record<string, unknown> = {}) =>
    json(bob.send('POST', '/posts.json', { topic_id, raw: 'They are mine, thank you.', ...body }));
  const { id } = await reply();
  return { alice, bob, key, topic_id, post_id: id, reply, put, list, totals };
}

test('notifications: the author of a topic is notified of a reply, in Discourse’s form', async () => {
  const forum = await createTestForum();
  const { topic_id, post_id, list } = await createAnsweredTopic(forum);
  const answer = await list();
  expect(answer.notifications[0]).toEqual({
    id: expect.any(Number),
    user_id: (await json(forum.fetch('/u/alice.json'))).user.id,
    notification_type: 9,
    read: false,
    high_priority: false,
    created_at: '2026-11-23T12:00:00.000Z',
    post_number: 2,
    topic_id,
    slug: 'whose-plums-pears-are-these',
    fancy_title: 'Whose &lt;plums&gt; &amp; pears are these?',
    data: {
      topic_title: title,
      original_post_id: post_id,
      original_post_type: 1,
      original_username: 'bob',
      display_username: 'bob',
      revision_number: null,
    },
  });
  expect(answer).toMatchObject({
    total_rows_notifications: answer.notifications.length,
    seen_notification_id: answer.notifications[1]?.id ?? 0,
    load_more_notifications: '/notifications?offset=25&username=alice',
  });
});

test('notifications: the author of a post is notified of a reply once, and never of their own post', async () => {
  const forum = await createTestForum();
  const { alice, bob, topic_id, reply, list, totals } = await createAnsweredTopic(forum);
  await reply({ reply_to_post_number: 1 });
  expect((await list('?limit=2')).notifications).toMatchObject([
    { notification_type: 2, post_number: 3 },
    { notification_type: 9, post_number: 2 },
  ]);
  expect((await totals()).unread_notifications).toBe(2);
  const before = await json(bob.get('/notifications.json'));
  await alice.send('POST', '/posts.json', { topic_id, raw: 'Come and fetch them.', reply_to_post_number: 2 });
  expect((await totals()).unread_notifications).toBe(2);
  const after = await json(bob.get('/notifications.json'));
  expect(after.notifications).toHaveLength(before.notifications.length + 1);
  expect(after.notifications[0]).toMatchObject({ notification_type: 2, post_number: 4 });
  const shown = (await json(bob.get(`/t/${topic_id}.json`))).post_stream.posts.at(-1);
  expect(shown.reply_to_post_number).toBe(2);
});

test('notifications: mentioned users get only the mention; part of a longer name is no mention', async () => {
  const { alice, bob, reply } = await createAnsweredTopic(await createTestForum());
  const newest = async (user: typeof alice) =>
    (await json(user.get('/notifications.json'))).notifications[0] ?? { notification_type: 0 };
  await reply({ raw: 'Ask @ALICE. Or @alice, or @mona-lisa, or x@alice.example, or @bob himself.' });
  expect(await newest(alice)).toMatchObject({ notification_type: 1, post_number: 3 });
  expect(await newest(bob)).not.toMatchObject({ notification_type: 1 });
  const before = await newest(alice);
  await reply({
    topic_id: 1,
    raw: `Write to x@alice, @@alice or https://example.com/@alice, @'; -- or @.`,
  });
  expect(await newest(alice)).toEqual(before);
  await bob.send('POST', '/posts.json', { title, raw: 'Does @alice know? Does @alice not know?' });
  expect(await newest(alice)).toMatchObject({ notification_type: 1, post_number: 1 });
});

test('POST /posts: rejects a reply_to_post_number that the topic does not have', async () => {
  const { reply } = await createAnsweredTopic(await createTestForum());
  expect(await reply({ reply_to_post_number: 99 })).toMatchObject({
    errors: ['There is no post with this reply_to_post_number in the topic.'],
  });
});

test.each(['/notifications/mark-read', '/notifications/mark-read.json', '/notifications/read'])(
  'PUT %s: marks all notifications or one as read',
  async (path) => {
    const forum = await createTestForum();
    const { key, reply, put, list, totals } = await createAnsweredTopic(forum);
    await reply();
    const [second, first] = (await list()).notifications;
    expect(await json(put(path, JSON.stringify({ id: first.id })))).toEqual({ success: 'OK' });
    expect((await list('?limit=2')).notifications).toMatchObject([{ read: false }, { read: true }]);
    expect(await totals()).toEqual({
      unread_notifications: 1,
      unread_personal_messages: 0,
      unseen_reviewables: 0,
      topic_tracking: { new: expect.any(Number), unread: 1 },
      group_inboxes: [],
      chat_notifications: 0,
      username: 'alice',
    });
    expect(await json(put(path))).toEqual({ success: 'OK' });
    expect(await list()).toMatchObject({ seen_notification_id: second.id });
    expect((await totals()).unread_notifications).toBe(0);
    expect((await forum.fetch('/latest.json', asApp(key))).status).toBe(403);
  },
);

test('notifications: those of other users are neither shown nor marked as read', async () => {
  const forum = await createTestForum();
  const { bob, list, totals } = await createAnsweredTopic(forum);
  const [{ id }] = (await list()).notifications;
  expect(await json(bob.send('PUT', '/notifications/mark-read.json', { id }))).toEqual({ success: 'OK' });
  await bob.send('PUT', '/notifications/mark-read.json');
  expect((await totals()).unread_notifications).toBe(1);
  for (const user of [bob, await forum.signedIn('admin')]) {
    expect((await user.get('/notifications.json?username=alice')).status).toBe(403);
    const theirs = await json(user.get('/notifications.json'));
    expect(theirs.notifications.map((n: { id: number }) => n.id)).not.toContain(id);
  }
});

test('GET /session/current.json: counts unread notifications; opening a topic marks its own as read', async () => {
  const forum = await createTestForum();
  const { alice, topic_id, list } = await createAnsweredTopic(forum);
  const key = await forum.issueKey('alice', 'read');
  const current = async () =>
    (await json(forum.fetch('/session/current.json', asApp(key)))).current_user.unread_notifications;
  await forum.fetch(`/t/${topic_id}.json`, asApp(key));
  // The other one is the notice of the new key.
  expect(await current()).toBe(2);
  await alice.get(`/t/${topic_id}`);
  expect(await current()).toBe(1);
  expect((await list('?limit=2')).notifications).toMatchObject([{ read: false }, { read: true }]);
});

test('notifications: deleted with their post or topic', async () => {
  const forum = await createTestForum();
  const { bob, reply, post_id, topic_id, totals } = await createAnsweredTopic(forum);
  await bob.send('DELETE', `/posts/${post_id}.json`);
  expect((await totals()).unread_notifications).toBe(0);
  await reply();
  const admin = await forum.signedIn('admin');
  const first = (await json(admin.get(`/t/${topic_id}.json`))).post_stream.posts[0];
  expect((await totals()).unread_notifications).toBe(1);
  expect((await admin.send('DELETE', `/posts/${first.id}.json`)).status).toBe(200);
  expect((await totals()).unread_notifications).toBe(0);
});

test('notifications: rejects an invalid limit, offset or id with a sentence', async () => {
  const forum = await createTestForum();
  const { list, put, key } = await createAnsweredTopic(forum);
  for (const query of ['?limit=0', '?limit=61', '?limit=-1', '?limit=1e3', '?offset=x']) {
    expect((await list(query)).errors, query).toEqual([expect.stringMatching(/must be a number from/)]);
  }
  // Also without .json: a route without a page responds to an error in JSON.
  expect((await json(forum.fetch('/notifications?limit=0', asApp(key)))).error_type).toBe(
    'invalid_parameters',
  );
  for (const id of ['1 OR 1=1', -1, 0.5, [1], { $gt: 0 }]) {
    const answer = await put('/notifications/mark-read', JSON.stringify({ id }));
    expect(answer.status, String(id)).toBe(400);
  }
});

test('notifications: a key without the scope can neither list nor mark them', async () => {
  const { fetch, issueKey } = await createTestForum();
  const key = await issueKey('alice', 'session_info');
  for (const path of ['/notifications.json', '/notifications', '/notifications/totals.json']) {
    expect(await json(fetch(path, asApp(key)))).toMatchObject({ code: 'scope_insufficient' });
  }
  const read = await issueKey('alice', 'read');
  const put = await fetch('/notifications/mark-read', asApp(read, { method: 'PUT', body: '{}' }));
  expect(put.status).toBe(403);
});
