import { openSqliteDatabase } from '@valetkey/sql-store/sqlite';
import { expect, test } from 'vitest';
import { forumSchema } from './forum-schema.ts';
import { createNotifications } from './notifications.ts';
import { createTopics } from './topics.ts';
import { createUsers } from './users.ts';

async function createEmptyForum() {
  const database = openSqliteDatabase({ path: ':memory:', schema: forumSchema });
  const [users, topics] = [
    createUsers(database, function* () {}),
    createTopics(database, createNotifications(database)),
  ];
  const user = { username: 'alice', name: '', passwordHash: '', trustLevel: 1, createdAt: 0 };
  const rights = { isAdmin: false, isModerator: false, suspendedUntil: null, suspendedReason: null };
  await database.transaction(function* () {
    yield* users.insert({ ...user, ...rights });
    yield* topics.addCategory({ name: '', slug: '', color: '', description: '' });
  });
  const create = (title: string, raw: string) =>
    topics.create({ title, raw, categoryId: 1, userId: 1, createdAt: 0 });
  return { topics, create };
}

test('search: finds posts and titles without regard to case, newest first, and no deleted ones', async () => {
  const { topics, create } = await createEmptyForum();
  const first = await create('A plain title', 'The text says PLUM.');
  const second = await create('About plums', 'Nothing else.');
  const third = await create('Deleted plums', 'Nothing else.');
  const reply = await topics.reply({
    topicId: second.topicId,
    replyToPostNumber: null,
    raw: '100%_sure',
    userId: 1,
    createdAt: 0,
  });
  await topics.deletePost(third, 1);
  const ids = async (text: string) => (await topics.search(text, 50)).map(({ id }) => id);
  expect(await ids('plum')).toEqual([second.id, first.id]);
  expect((await topics.search('plum', 1)).map(({ id }) => id)).toEqual([second.id]);
  expect(await ids('0%_s')).toEqual([reply.id]);
  expect([await ids('1_0'), await ids('p%m'), await ids('\\')]).toEqual([[], [], []]);
});

test.each([
  ['that almost matches everywhere', `${'a'.repeat(199)}b`],
  ['that almost matches from its end', `b${'a'.repeat(199)}`],
  ['that is rare', 'zzz'],
])('search: a text %s takes less than a second in 9 million characters', async (_name, text) => {
  const { topics, create } = await createEmptyForum();
  const { topicId } = await create('A long topic', 'a'.repeat(32_000));
  for (let count = 0; count < 300; count += 1)
    await topics.reply({
      topicId,
      replyToPostNumber: null,
      raw: 'a'.repeat(32_000),
      userId: 1,
      createdAt: 0,
    });
  const begun = performance.now();
  expect(await topics.search(text, 50)).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(1_000);
});
