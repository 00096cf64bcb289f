import { type Database, lockFor, statement, type Work } from '@valetkey/sql-store/database';
import type { Notifications } from './notifications.ts';
import type { Passwords } from './passwords.ts';
import { DEMO_PASSWORD, demoCategories, demoTopics, demoUsers } from './seed-content.ts';
import type { Topics } from './topics.ts';
import type { Users } from './users.ts';

const HOUR_MS = 3_600_000;
const SUSPENSION = { suspendedUntil: Date.UTC(2999, 0, 1), suspendedReason: 'Sold a borrowed ladder.' };
const NO_SUSPENSION = { suspendedUntil: null, suspendedReason: null };

const findAnyUser = statement('SELECT id FROM forum.users LIMIT 1');

export interface SeedTarget {
  readonly database: Database;
  readonly users: Users;
  readonly topics: Topics;
  readonly notifications: Notifications;
  readonly passwords: Passwords;
}

/**
 * Fills a forum without users: five users, four categories, a dozen topics. Everything is written in one transaction, so a
 * first start that was interrupted is repeated. Of several nodes that start at once, one writes it.
 */
export async function seed(target: SeedTarget, now: number): Promise<void> {
  const { database, users, notifications, passwords } = target;
  if (users.list().length > 0) return;
  const hashes = await Promise.all(demoUsers.map(() => passwords.hash(DEMO_PASSWORD)));
  await database.transaction(function* () {
    yield lockFor('seed', '');
    if ((yield findAnyUser()).length > 0) return;
    yield* write(target, hashes, now);
    // The seed's notifications are old; they are not pushed.
    yield* notifications.markAllPushed();
  });
  await users.load();
}

function* write({ users, topics }: SeedTarget, hashes: readonly string[], now: number): Work<void> {
  const start = now - demoTopics.length * 24 * HOUR_MS;
  const userIds = new Map<string, number>();
  for (const [index, user] of demoUsers.entries()) {
    const suspension = user.username === 'sam' ? SUSPENSION : NO_SUSPENSION;
    const passwordHash = hashes[index] ?? '';
    const id = yield* users.insert({ ...user, ...suspension, passwordHash, createdAt: start });
    userIds.set(user.username, id);
  }
  const idOf = (username: string): number => userIds.get(username) ?? 0;

  const categoryIds = new Map<string, number>();
  for (const category of demoCategories) categoryIds.set(category.slug, yield* topics.addCategory(category));
  for (const [index, [category, title, first, ...replies]] of demoTopics.entries()) {
    const createdAt = start + index * 24 * HOUR_MS;
    if (!first) continue;
    const [author, raw] = first;
    const categoryId = categoryIds.get(category) ?? 1;
    const { topicId } = yield* topics.addTopic({ title, raw, categoryId, userId: idOf(author), createdAt });
    for (const [hours, [replier, text]] of replies.entries()) {
      yield* topics.addReply({
        topicId,
        replyToPostNumber: null,
        raw: text,
        userId: idOf(replier),
        createdAt: createdAt + (hours + 1) * HOUR_MS,
      });
    }
  }
}
