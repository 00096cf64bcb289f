import { openSqliteDatabase } from '@valetkey/sql-store/sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { forumSchema } from '../src/data/forum-schema.ts';
import { createNotifications } from '../src/data/notifications.ts';
import { createPasswords } from '../src/data/passwords.ts';
import { seed } from '../src/data/seed.ts';
import { createTopics } from '../src/data/topics.ts';
import { createUsers } from '../src/data/users.ts';
import { CHEAP_PASSWORDS } from '../src/testing/start-test-site.ts';

test('seed: an interrupted first start leaves no users and is repeated', async () => {
  const database = openSqliteDatabase({ path: ':memory:', schema: forumSchema });
  onTestFinished(() => database.close());
  async function parts() {
    const [users, notifications] = [createUsers(database, function* () {}), createNotifications(database)];
    await users.load();
    const topics = createTopics(database, notifications);
    return { database, users, topics, notifications, passwords: await createPasswords(CHEAP_PASSWORDS) };
  }

  const first = await parts();
  let left = 5;
  const addReply: typeof first.topics.addReply = (post) => {
    if (left-- === 0) throw new Error('The power is gone.');
    return first.topics.addReply(post);
  };
  await expect(seed({ ...first, topics: { ...first.topics, addReply } }, 0)).rejects.toThrow(
    'The power is gone.',
  );

  const second = await parts();
  expect([second.users.list(), await second.topics.counts()]).toEqual([[], { topics: 0, posts: 0 }]);
  await seed(second, 0);
  expect(second.users.list()).toHaveLength(5);
  const counts = await second.topics.counts();
  await seed(await parts(), 0);
  expect(await second.topics.counts()).toEqual(counts);
});
