import { addHostileOverloads } from '@valetkey/test-support/postgres/add-hostile-overloads';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { afterAll, expect, test } from 'vitest';
import { createTestForum, json } from './test-forum.ts';

const database = await createTestDatabase();
await addHostileOverloads(database);
afterAll(() => database.drop());

const PAGES = [
  '/latest.json',
  '/latest.rss',
  '/new.json',
  '/unread.json',
  '/top.json',
  '/categories.json',
  '/site.json',
  '/search.json?q=plum',
  '/t/1.json',
  '/t/1/posts.json',
  '/posts.json',
  '/posts/1.json',
  '/posts/1/replies.json',
  '/notifications.json',
  '/notifications/totals.json',
  '/user_actions.json?username=alice',
  '/user-status.json',
  '/u/alice.json',
  '/u/alice/summary.json',
  '/u/alice/notifications',
  '/u/alice/bookmarks.json',
  '/u/alice/topic-tracking-state.json',
];

test('a database with functions and operators of another user: the forum calls none of them', async () => {
  const forum = await createTestForum({ databaseUrl: database.url });
  const [alice, bob] = [await forum.signedIn('alice'), await forum.signedIn('bob')];
  const { id } = await json(
    bob.send('POST', '/posts.json', { topic_id: 1, raw: 'Does @alice know about this?' }),
  );
  const answers = [
    await alice.send('POST', '/bookmarks.json', { bookmarkable_id: id, bookmarkable_type: 'Post' }),
    await alice.send('PUT', '/user-status.json', { description: 'Reading', emoji: 'plum' }),
  ];
  for (const path of PAGES) answers.push(await alice.get(path));
  answers.push(await alice.send('PUT', '/notifications/mark-read.json', {}));
  answers.push(await bob.send('DELETE', `/posts/${id}.json`));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
});
