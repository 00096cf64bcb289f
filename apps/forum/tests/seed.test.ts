import { expect, onTestFinished, test } from 'vitest';
import { openForumDatabase } from '../src/data/database.ts';
import { createNotifications } from '../src/data/notifications.ts';
import { createPasswords } from '../src/data/passwords.ts';
import { seed } from '../src/data/seed.ts';
import { createTopics } from '../src/data/topics.ts';
import { createUsers } from '../src/data/users.ts';
import { CHEAP_PASSWORDS } from '../src/testing/start-test-site.ts';

test('seed: an interrupted first start leaves no users and is repeated', async () => {
  const database = openForumDatabase(':memory:');
  onTestFinished(() => database.close());
  const parts = async () => ({
    database,
    users: createUsers(database),
    topics: createTopics(database, createNotifications(database)),
    passwords: await createPasswords(CHEAP_PASSWORDS),
  });

  const first = await parts();
  let left = 5;
  const reply: typeof first.topics.reply = (post) => {
    if (left-- === 0) throw new Error('The power is gone.');
    return first.topics.reply(post);
  };
  await expect(seed({ ...first, topics: { ...first.topics, reply } }, 0)).rejects.toThrow(
    'The power is gone.',
  );

  const second = await parts();
  expect([second.users.list(), second.topics.counts()]).toEqual([[], { topics: 0, posts: 0 }]);
  await seed(second, 0);
  expect(second.users.list()).toHaveLength(5);
  const counts = second.topics.counts();
  await seed(await parts(), 0);
  expect(second.topics.counts()).toEqual(counts);
});
