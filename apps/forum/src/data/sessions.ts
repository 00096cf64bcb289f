import { createHash, randomBytes } from 'node:crypto';
import { type Database, statement } from '@valetkey/sql-store/database';

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
  find(id: string): Promise<ForumSession | null>;
  /** Creates a session. `id` is the value of the cookie; only its hash is stored. */
  create(userId: number | null): Promise<{ id: string; session: ForumSession }>;
  remove(idHash: string): Promise<void>;
  /** Ends every session of a user. */
  removeAll(userId: number): Promise<void>;
  /** Deletes the sessions that have ended by their age. */
  removeOld(): Promise<void>;
}

const MAX_AGE_MS = 60 * 86_400_000;

const byHash = statement(
  'SELECT id_hash, user_id, created_at FROM forum.sessions WHERE id_hash = :idHash AND created_at > :notBefore',
);
const insert = statement(
  'INSERT INTO forum.sessions (id_hash, user_id, created_at) VALUES (:idHash, :userId, :createdAt)',
);
const remove = statement('DELETE FROM forum.sessions WHERE id_hash = :idHash');
const removeAll = statement('DELETE FROM forum.sessions WHERE user_id = :userId');
const removeOld = statement('DELETE FROM forum.sessions WHERE created_at <= :notBefore');

/** Creates the store of sessions. The cookie holds 256 random bits; the database holds only their hash. */
export function createSessions(
  database: Database,
  now: () => number,
  csrfTokenOf: (id: string) => string,
): Sessions {
  return {
    async find(id) {
      const [row] = await database.run(byHash({ idHash: hashId(id), notBefore: now() - MAX_AGE_MS }));
      if (!row) return null;
      const userId = row.user_id === null ? null : Number(row.user_id);
      const createdAt = Number(row.created_at);
      return { idHash: String(row.id_hash), userId, createdAt, csrfToken: csrfTokenOf(id) };
    },
    async create(userId) {
      const id = randomBytes(32).toString('base64url');
      const session = { idHash: hashId(id), userId, createdAt: now(), csrfToken: csrfTokenOf(id) };
      await database.run(insert({ idHash: session.idHash, userId, createdAt: session.createdAt }));
      return { id, session };
    },
    async remove(idHash) {
      await database.run(remove({ idHash }));
    },
    async removeAll(userId) {
      await database.run(removeAll({ userId }));
    },
    async removeOld() {
      await database.run(removeOld({ notBefore: now() - MAX_AGE_MS }));
    },
  };
}

const hashId = (id: string): string => createHash('sha256').update(id).digest('hex');
