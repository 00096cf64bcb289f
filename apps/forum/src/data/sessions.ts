import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** A browser's session; `userId` is null until a user signs in. */
export interface ForumSession {
  readonly idHash: string;
  readonly userId: number | null;
  /** When it was created: a sign-in creates a new one. */
  readonly createdAt: number;
  /** Derived from the cookie's value, so that the database does not reveal it. */
  readonly csrfToken: string;
}

export interface Sessions {
  /** @param id the value of the cookie */
  find(id: string): ForumSession | null;
  /** Creates a session. `id` is the value of the cookie; only its hash is stored. */
  create(userId: number | null): { id: string; session: ForumSession };
  remove(idHash: string): void;
  /** Ends every session of a user. */
  removeAll(userId: number): void;
}

const MAX_AGE_MS = 60 * 86_400_000;

/** Creates the store of sessions. The cookie holds 256 random bits; the database holds only their hash. */
export function createSessions(
  database: DatabaseSync,
  now: () => number,
  csrfTokenOf: (id: string) => string,
): Sessions {
  const byHash = database.prepare('SELECT * FROM sessions WHERE id_hash = ? AND created_at > ?');
  const insert = database.prepare('INSERT INTO sessions VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM sessions WHERE id_hash = ?');
  const removeAll = database.prepare('DELETE FROM sessions WHERE user_id = ?');
  database.prepare('DELETE FROM sessions WHERE created_at <= ?').run(now() - MAX_AGE_MS);

  return {
    find(id) {
      const row = byHash.get(hashId(id), now() - MAX_AGE_MS);
      if (!row) return null;
      const userId = row.user_id === null ? null : Number(row.user_id);
      const createdAt = Number(row.created_at);
      return { idHash: String(row.id_hash), userId, createdAt, csrfToken: csrfTokenOf(id) };
    },
    create(userId) {
      const id = randomBytes(32).toString('base64url');
      const session = { idHash: hashId(id), userId, createdAt: now(), csrfToken: csrfTokenOf(id) };
      insert.run(session.idHash, userId, session.createdAt);
      return { id, session };
    },
    remove: (idHash) => void remove.run(idHash),
    removeAll: (userId) => void removeAll.run(userId),
  };
}

const hashId = (id: string): string => createHash('sha256').update(id).digest('hex');
