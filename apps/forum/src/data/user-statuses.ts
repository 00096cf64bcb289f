import type { DatabaseSync } from 'node:sqlite';

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
  find(userId: number, now: number): UserStatus | null;
  set(userId: number, status: UserStatus): void;
  clear(userId: number): void;
}

/** Creates the store of statuses: at most one for each user. */
export function createUserStatuses(database: DatabaseSync): UserStatuses {
  const select = database.prepare(
    'SELECT * FROM user_statuses WHERE user_id = ? AND (ends_at IS NULL OR ends_at > ?)',
  );
  const upsert = database.prepare(
    `INSERT INTO user_statuses (user_id, description, emoji, ends_at) VALUES (?, ?, ?, ?) ON CONFLICT (user_id)
     DO UPDATE SET description = excluded.description, emoji = excluded.emoji, ends_at = excluded.ends_at`,
  );
  const remove = database.prepare('DELETE FROM user_statuses WHERE user_id = ?');

  return {
    find(userId, now) {
      const row = select.get(userId, now);
      if (!row) return null;
      const endsAt = row.ends_at === null ? null : Number(row.ends_at);
      return { description: String(row.description), emoji: String(row.emoji), endsAt };
    },
    set: (userId, { description, emoji, endsAt }) => void upsert.run(userId, description, emoji, endsAt),
    clear: (userId) => void remove.run(userId),
  };
}
