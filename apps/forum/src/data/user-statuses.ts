import { type Database, statement } from '@valetkey/sql-store/database';

/** The status that a user shows to others. */
export interface UserStatus {
  readonly description: string;
  /** The emoji's name, without colons. */
  readonly emoji: string;
  /** Milliseconds since 1970; null until cleared. */
  readonly endsAt: number | null;
}

export interface UserStatuses {
  /** Returns null if there is none or it has ended. */
  find(userId: number, now: number): Promise<UserStatus | null>;
  set(userId: number, status: UserStatus): Promise<void>;
  clear(userId: number): Promise<void>;
}

const select = statement(
  'SELECT * FROM forum.user_statuses WHERE user_id = :userId AND (ends_at IS NULL OR ends_at > :now)',
);
const upsert = statement(
  `INSERT INTO forum.user_statuses (user_id, description, emoji, ends_at)
   VALUES (:userId, :description, :emoji, :endsAt) ON CONFLICT (user_id)
   DO UPDATE SET description = excluded.description, emoji = excluded.emoji, ends_at = excluded.ends_at`,
);
const remove = statement('DELETE FROM forum.user_statuses WHERE user_id = :userId');

/** Creates the store of statuses: at most one for each user. */
export const createUserStatuses = (database: Database): UserStatuses => ({
  async find(userId, now) {
    const [row] = await database.run(select({ userId, now }));
    if (!row) return null;
    const endsAt = row.ends_at === null ? null : Number(row.ends_at);
    return { description: String(row.description), emoji: String(row.emoji), endsAt };
  },
  async set(userId, status) {
    await database.run(upsert({ userId, ...status }));
  },
  async clear(userId) {
    await database.run(remove({ userId }));
  },
});
