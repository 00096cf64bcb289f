import type { MaybePromise, SiteUser } from '@valetkey/server';
import { type Database, type Query, type Row, statement, type Work } from '@valetkey/sql-store/database';

export interface User {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly isAdmin: boolean;
  readonly isModerator: boolean;
  readonly trustLevel: number;
  /** Milliseconds since 1970; null if not suspended. */
  readonly suspendedUntil: number | null;
  readonly suspendedReason: string | null;
  readonly createdAt: number;
  /** Where notices are mailed; null for nowhere. Only the user sees it. */
  readonly email: string | null;
}

export type NewUser = Omit<User, 'id' | 'email'>;

export interface Users {
  /** Returns a user as this process last read it: another one may have suspended them since. */
  find(id: number): User | null;
  /** Returns a user as `find` does. */
  findByUsername(username: string): User | null;
  /** Returns a user, read again if another process may have changed them. */
  findCurrent(id: number): MaybePromise<User | null>;
  list(): User[];
  /** Returns a number that changes with every change of a user. */
  revision(): number;
  /** Reads all users. */
  load(): Promise<void>;
  /** Reads one user. */
  reload(id: number): Promise<User | null>;
  /** Another process may have changed this user; null for all. */
  forget(id: number | null): void;
  insert(user: NewUser): Work<number>;
  /**
   * Suspends a user and records the change for other nodes, in one transaction.
   *
   * @param until milliseconds since 1970; null ends a suspension
   */
  suspend(id: number, until: number | null, reason: string | null): Promise<void>;
  /** Stores where notices are mailed, and records the change for other nodes. @param email null for nowhere */
  setEmail(id: number, email: string | null): Promise<void>;
}

const all = statement('SELECT * FROM forum.users ORDER BY id');
const byId = statement('SELECT * FROM forum.users WHERE id = :id');
const insert = statement(
  `INSERT INTO forum.users (username, name, password_hash, is_admin, is_moderator, trust_level, suspended_until,
     suspended_reason, created_at)
   VALUES (:username, :name, :passwordHash, :isAdmin, :isModerator, :trustLevel, :suspendedUntil,
     :suspendedReason, :createdAt)
   RETURNING id`,
);
const suspend = statement(
  'UPDATE forum.users SET suspended_until = :until, suspended_reason = :reason WHERE id = :id',
);
const setEmail = statement('UPDATE forum.users SET email = :email WHERE id = :id');

/**
 * Creates the store of users. All are kept in memory, because every request with a key reads one. Only the seed creates
 * users, before the forum starts.
 *
 * @param recordChange records a change of a user for other nodes
 */
export function createUsers(database: Database, recordChange: (id: number) => Work<void>): Users {
  const known = new Map<number, User>();
  const idByName = new Map<string, number>();
  /** Ids of users that are in memory as they are in the database. */
  const current = new Set<number>();
  let revision = 0;

  function remember(row: Row): User {
    const user = userFromRow(row);
    known.set(user.id, user);
    idByName.set(user.username.toLowerCase(), user.id);
    current.add(user.id);
    return user;
  }

  function forget(id: number | null): void {
    revision += 1;
    if (id === null) current.clear();
    else current.delete(id);
  }

  async function reload(id: number): Promise<User | null> {
    const before = revision;
    const [row] = await database.run(byId({ id }));
    const user = row ? remember(row) : null;
    // Changed meanwhile: the next request reads it again.
    if (before !== revision) current.delete(id);
    return user;
  }

  async function change(id: number, query: Query): Promise<void> {
    await database.transaction(function* () {
      yield query;
      yield* recordChange(id);
    });
    forget(id);
    await reload(id);
  }

  const find = (id: number) => known.get(id) ?? null;
  return {
    find,
    findByUsername: (username) => find(idByName.get(username.toLowerCase()) ?? 0),
    findCurrent: (id) => (current.has(id) || !known.has(id) ? find(id) : reload(id)),
    list: () => [...known.values()],
    revision: () => revision,
    async load() {
      for (const row of await database.run(all())) remember(row);
    },
    reload,
    forget,
    *insert({ isAdmin, isModerator, ...user }) {
      const [row] = yield insert({ ...user, isAdmin: Number(isAdmin), isModerator: Number(isModerator) });
      return Number(row?.id);
    },
    suspend: (id, until, reason) => change(id, suspend({ id, until, reason })),
    setEmail: (id, email) => change(id, setEmail({ id, email })),
  };
}

function userFromRow(row: Row): User {
  return {
    id: Number(row.id),
    username: String(row.username),
    name: String(row.name),
    passwordHash: String(row.password_hash),
    isAdmin: row.is_admin === 1,
    isModerator: row.is_moderator === 1,
    trustLevel: Number(row.trust_level),
    suspendedUntil: row.suspended_until === null ? null : Number(row.suspended_until),
    suspendedReason: row.suspended_reason === null ? null : String(row.suspended_reason),
    createdAt: Number(row.created_at),
    email: row.email === null ? null : String(row.email),
  };
}

export const isStaff = (user: User): boolean => user.isAdmin || user.isModerator;

export const isSuspended = (user: User, now: number): boolean => (user.suspendedUntil ?? 0) > now;

export const avatarTemplate = (user: User): string =>
  `/letter_avatar/${encodeURIComponent(user.username)}/{size}.svg`;

/** Returns the user in Valetkey's form, with Discourse's automatic groups. */
export function toSiteUser(user: User, now: number): SiteUser {
  const levels = Array.from({ length: user.trustLevel + 1 }, (_, level) => `trust_level_${level}`);
  const roles = [user.isAdmin && 'admins', user.isModerator && 'moderators', isStaff(user) && 'staff'];
  return {
    id: String(user.id),
    username: user.username,
    avatarTemplate: avatarTemplate(user),
    isAdmin: user.isAdmin,
    isStaff: isStaff(user),
    isSuspended: isSuspended(user, now),
    groups: [...levels, ...roles.filter((role) => role !== false)],
  };
}
