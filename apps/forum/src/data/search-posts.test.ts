import { expect, test } from 'vitest';
import { openForumDatabase } from './database.ts';
import { createNotifications } from './notifications.ts';
import { createTopics } from './topics.ts';

function createEmptyForum() {
  const database = openForumDatabase(':memory:');
  database.exec('PRAGMA foreign_keys=OFF');
  const topics = createTopics(database, createNotifications(database));
  const create = (title: string, raw: string) =>
    topics.create({ title, raw, categoryId: 1, userId: 1, createdAt: 0 });
  return { topics, create };
}

test('search: finds posts and titles without regard to case, newest first, and no deleted ones', () => {
  const { topics, create } = createEmptyForum();
  const first = create('A plain title', 'The text says PLUM.');
  const second = create('About plums', 'Nothing else.');
  const third = create('Deleted plums', 'Nothing else.');
  const reply = topics.reply({
    topicId: second.topicId,
    replyToPostNumber: null,
    raw: '100%_sure',
    userId: 1,
    createdAt: 0,
  });
  topics.deletePost(third, 1);
  const ids = (text: string) => topics.search(text, 50).map(({ id }) => id);
  expect(ids('plum')).toEqual([second.id, first.id]);
  expect(topics.search('plum', 1).map(({ id }) => id)).toEqual([second.id]);
  expect(ids('0%_s')).toEqual([reply.id]);
  expect([ids('1_0'), ids('p%m'), ids('\\')]).toEqual([[], [], []]);
});

test.each([
  ['that almost matches everywhere', `${'a'.repeat(199)}b`],
  ['that almost matches from its end', `b${'a'.repeat(199)}`],
  ['that is rare', 'zzz'],
])('search: a text %s takes less than a second in 9 million characters', (_name, text) => {
  const { topics, create } = createEmptyForum();
  const { topicId } = create('A long topic', 'a'.repeat(32_000));
  for (let count = 0; count < 300; count += 1)
    topics.reply({ topicId, replyToPostNumber: null, raw: 'a'.repeat(32_000), userId: 1, createdAt: 0 });
  const begun = performance.now();
  expect(topics.search(text, 50)).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(1_000);
});
