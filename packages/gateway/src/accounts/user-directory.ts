import type { Change, ChangeFeed, MaybePromise, SiteUser } from '@valetkey/server';
import { type Database, statement } from '@valetkey/sql-store/database';
import { type Account, toSiteUser } from './accounts.ts';

/** The accounts that have signed in, because each request with a key needs its user. */
export interface UserDirectory {
  /** Returns no promise if the user is in memory. */
  find(id: string): MaybePromise<SiteUser | null>;
  findByUsername(username: string): Promise<SiteUser | null>;
  /** Stores what the source said last, and tells every node if anything changed. */
  save(account: Account): Promise<void>;
  close(): void;
}

const MAX_USERS = 100_000;

const byId = statement('SELECT account, is_published FROM valetkey_gateway.users WHERE id = :id');
const byName = statement(
  'SELECT account FROM valetkey_gateway.users WHERE username = :username ORDER BY saved_at DESC, id LIMIT 1',
);
const upsert = statement(
  `INSERT INTO valetkey_gateway.users (id, username, account, saved_at, is_published)
   VALUES (:id, :username, :account, :savedAt, 0)
   ON CONFLICT (id) DO UPDATE SET username = excluded.username, account = excluded.account,
     saved_at = excluded.saved_at, is_published = 0`,
);
const setPublished = statement(
  'UPDATE valetkey_gateway.users SET is_published = 1 WHERE id = :id AND account = :account',
);

/**
 * Keeps the users that are asked for in memory, until the change feed reports a change.
 *
 * @param now milliseconds since 1970
 */
export function createUserDirectory(
  database: Pick<Database, 'run'>,
  changeFeed: ChangeFeed,
  now: () => number,
): UserDirectory {
  const users = new Map<string, SiteUser>();
  // A user that is loaded while it changes is not kept.
  let changes = 0;
  const stop = changeFeed.subscribe(
    ({ kind, id }: Change) => {
      if (kind !== 'user') return;
      changes += 1;
      users.delete(id);
    },
    () => {
      changes += 1;
      users.clear();
    },
  );

  async function load(id: string): Promise<SiteUser | null> {
    const before = changes;
    const [row] = await database.run(byId({ id }));
    if (row === undefined) return null;
    const user = toSiteUser(JSON.parse(String(row.account)) as Account);
    if (users.size >= MAX_USERS) users.clear();
    if (before === changes) users.set(id, user);
    return user;
  }

  return {
    find: (id) => users.get(id) ?? load(id),
    async findByUsername(username) {
      const [row] = await database.run(byName({ username }));
      return row === undefined ? null : toSiteUser(JSON.parse(String(row.account)) as Account);
    },
    async save(account) {
      const text = JSON.stringify(account);
      const { id, username } = account;
      const [row] = await database.run(byId({ id }));
      if (row?.account === text && row.is_published === 1) return;
      await database.run(upsert({ id, username, account: text, savedAt: now() }));
      await changeFeed.publish({ kind: 'user', id });
      // After a crash before this line, the next visit of the user tells the nodes again.
      await database.run(setPublished({ id, account: text }));
    },
    close: stop,
  };
}
