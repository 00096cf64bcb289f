import { expect, test } from 'vitest';
import { asApp, createTestForum, json } from './test-forum.ts';

const post = { bookmarkable_id: 1, bookmarkable_type: 'Post' };
const topic = { bookmarkable_id: 1, bookmarkable_type: 'Topic' };

/** An app of alice with the scope write, and its requests. */
async function createBookmarkApp() {
  const forum = await createTestForum();
  const key = await forum.issueKey('alice', 'write');
  const send = (method: string, path: string, body: unknown = {}) =>
    forum.fetch(path, asApp(key, { method, body: JSON.stringify(body) }));
  const list = async (query = '') =>
    (await json(forum.fetch(`/u/alice/bookmarks.json${query}`, asApp(key)))).user_bookmark_list;
  return { ...forum, key, list, send, add: (body: unknown) => send('POST', '/bookmarks.json', body) };
}

test('bookmarks: a post and a topic can each be bookmarked once; the list is newest first', async () => {
  const { add, list, fetch } = await createBookmarkApp();
  const reminder_at = '2026-12-01T08:00:00.000Z';
  const made = await json(add({ ...post, reminder_at, name: ' Ask <again> ' }));
  expect(made).toEqual({ success: 'OK', id: expect.any(Number) });
  expect((await add(topic)).status).toBe(200);
  const again = await add({ ...post, name: 'Twice' });
  expect([again.status, (await json(again)).errors]).toEqual([
    400,
    ['You have already bookmarked this post.'],
  ]);

  const shown = (await json(fetch('/t/1.json'))).post_stream.posts[0];
  const { bookmarks, more_bookmarks_url } = await list();
  expect(more_bookmarks_url).toBeNull();
  expect(bookmarks).toMatchObject([
    { bookmarkable_type: 'Topic', bookmarkable_id: 1, name: null, reminder_at: null, linked_post_number: 1 },
    {
      id: made.id,
      ...post,
      name: 'Ask <again>',
      reminder_at,
      created_at: '2026-11-23T12:00:00.000Z',
      topic_id: 1,
      linked_post_number: 1,
      slug: shown.topic_slug,
      last_read_post_number: null,
      bookmarkable_url: `http://forum.example/t/${shown.topic_slug}/1#post-1`,
      user: { username: shown.username },
    },
  ]);
});

test('DELETE /bookmarks/:id: deletes a bookmark and returns whether the topic has another', async () => {
  const { add, list, send } = await createBookmarkApp();
  const [first, second] = [await json(add(post)), await json(add(topic))];
  expect(await json(send('DELETE', `/bookmarks/${first.id}.json`))).toEqual({
    success: 'OK',
    topic_bookmarked: true,
  });
  expect(await json(send('DELETE', `/bookmarks/${second.id}.json`))).toMatchObject({
    topic_bookmarked: false,
  });
  expect((await send('DELETE', `/bookmarks/${second.id}.json`)).status).toBe(404);
  expect((await list()).bookmarks).toEqual([]);
});

test('GET /u/:username/bookmarks: pages a long list', async () => {
  const { add, list, forum } = await createBookmarkApp();
  await forum.valetkey.settings.set('max_user_api_reqs_per_minute', 1_000);
  for (let id = 1; id <= 21; id += 1) expect((await add({ ...post, bookmarkable_id: id })).status).toBe(200);
  const { bookmarks, more_bookmarks_url } = await list();
  expect([bookmarks.length, more_bookmarks_url]).toEqual([20, '/u/alice/bookmarks.json?page=1']);
  expect(await list('?page=1')).toMatchObject({
    bookmarks: [{ bookmarkable_id: 1 }],
    more_bookmarks_url: null,
  });
});

test.each<[Record<string, unknown>, number, string]>([
  [{ bookmarkable_type: 'User' }, 400, 'The parameter bookmarkable_type must be Post or Topic.'],
  [{ bookmarkable_type: '__proto__' }, 400, 'The parameter bookmarkable_type must be Post or Topic.'],
  [{ bookmarkable_id: '' }, 400, 'The parameter bookmarkable_id is missing.'],
  [{ bookmarkable_id: '1 OR 1=1' }, 400, 'The parameter bookmarkable_id must be a number.'],
  [{ bookmarkable_id: 99_999 }, 404, 'The requested URL or resource could not be found.'],
  [{ name: 'x'.repeat(101) }, 400, 'The parameter name is too long (maximum is 100 characters).'],
  [{ name: 'a\r\nEND:VEVENT' }, 400, 'The parameter name must be one line of text.'],
  [
    { reminder_at: '2026-11-23T11:59:59Z' },
    400,
    'The parameter reminder_at must be a time in the future, such as 2030-01-31T12:00:00Z.',
  ],
])('POST /bookmarks: rejects %j', async (wrong, status, sentence) => {
  const { add, list } = await createBookmarkApp();
  const answer = await add({ ...post, ...wrong });
  expect([answer.status, (await json(answer)).errors]).toEqual([status, [sentence]]);
  expect((await list()).bookmarks).toEqual([]);
});

test('bookmarks: other users, admins included, can neither list nor delete them', async () => {
  const { add, list, signedIn, fetch } = await createBookmarkApp();
  const { id } = await json(add({ ...post, reminder_at: '2026-12-01' }));
  for (const other of [await signedIn('admin'), await signedIn('bob')]) {
    for (const path of ['/u/alice/bookmarks.json', '/u/alice/bookmarks.ics', '/u/alice/bookmarks']) {
      expect((await other.get(path)).status, path).toBe(403);
    }
    expect((await other.send('DELETE', `/bookmarks/${id}.json`)).status).toBe(404);
  }
  expect((await fetch('/u/alice/bookmarks.ics')).status).toBe(403);
  expect((await list()).bookmarks).toHaveLength(1);
});

test('bookmarks: those of deleted posts are left out', async () => {
  const { add, list, signedIn } = await createBookmarkApp();
  await add(post);
  await add(topic);
  const admin = await signedIn('admin');
  expect((await admin.send('DELETE', '/posts/1.json')).status).toBe(200);
  expect((await list()).bookmarks).toEqual([]);
});
