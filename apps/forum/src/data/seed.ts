import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './database.ts';
import type { Passwords } from './passwords.ts';
import { DEMO_PASSWORD, demoCategories, demoTopics, demoUsers } from './seed-content.ts';
import type { Topics } from './topics.ts';
import type { Users } from './users.ts';

const HOUR_MS = 3_600_000;

export interface SeedTarget {
  readonly database: DatabaseSync;
  readonly users: Users;
  readonly topics: Topics;
  readonly passwords: Passwords;
}

/**
 * Fills a forum without users: five users, four categories, a dozen topics. Everything is written in one transaction, so a
 * first start that was interrupted is repeated.
 */
export async function seed({ database, users, topics, passwords }: SeedTarget, now: number): Promise<void> {
  if (users.list().length > 0) return;
  const hashes = await Promise.all(demoUsers.map(() => passwords.hash(DEMO_PASSWORD)));
  inTransaction(database, () => {
    write(users, topics, hashes, now);
    // The seed's notifications are old; they are not pushed.
    database.exec('UPDATE notifications SET is_pushed = 1');
  });
}

function write(users: Users, topics: Topics, hashes: readonly string[], now: number): void {
  const start = now - demoTopics.length * 24 * HOUR_MS;
  for (const [index, user] of demoUsers.entries()) {
    users.create({ ...user, passwordHash: hashes[index] ?? '', createdAt: start });
  }
  const idOf = (username: string): number => users.findByUsername(username)?.id ?? 0;
  users.suspend(idOf('sam'), Date.UTC(2999, 0, 1), 'Sold a borrowed ladder.');

  const categoryIds = new Map(
    demoCategories.map((category) => [category.slug as string, topics.createCategory(category)]),
  );
  for (const [index, [category, title, first, ...replies]] of demoTopics.entries()) {
    const createdAt = start + index * 24 * HOUR_MS;
    if (!first) continue;
    const [author, raw] = first;
    const categoryId = categoryIds.get(category) ?? 1;
    const { topicId } = topics.create({ title, raw, categoryId, userId: idOf(author), createdAt });
    for (const [hours, [replier, text]] of replies.entries()) {
      topics.reply({
        topicId,
        replyToPostNumber: null,
        raw: text,
        userId: idOf(replier),
        createdAt: createdAt + (hours + 1) * HOUR_MS,
      });
    }
  }
}
