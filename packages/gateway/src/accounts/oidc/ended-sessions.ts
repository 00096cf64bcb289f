import { type Database, statement } from '@valetkey/sql-store/database';

/** The sessions that ended by a sign-out, on any gateway. */
export interface EndedSessions {
  has(id: string): Promise<boolean>;
  /** @param expiresAt when the cookie of the session expires, in milliseconds since 1970 */
  add(id: string, expiresAt: number): Promise<void>;
}

const find = statement('SELECT id FROM valetkey_gateway.ended_sessions WHERE id = :id');
const insert = statement(
  'INSERT INTO valetkey_gateway.ended_sessions (id, expires_at) VALUES (:id, :expiresAt) ON CONFLICT DO NOTHING',
);
const deleteExpired = statement('DELETE FROM valetkey_gateway.ended_sessions WHERE expires_at < :now');

/** @param now milliseconds since 1970 */
export const createEndedSessions = (database: Pick<Database, 'run'>, now: () => number): EndedSessions => ({
  has: async (id) => (await database.run(find({ id }))).length > 0,
  async add(id, expiresAt) {
    await database.run(deleteExpired({ now: now() }));
    await database.run(insert({ id, expiresAt }));
  },
});
