import type { DatabaseSync } from 'node:sqlite';
import type { SiteUser } from '@valetkey/server';

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
}

export type NewUser = Omit<User, 'id' | 'suspendedUntil' | 'suspendedReason'>;

export interface Users {
  find(id: number): User | null;
  findByUsername(username: string): User | null;
  list(): User[];
  /** Returns a number that changes with every change of a user. */
  revision(): number;
  create(user: NewUser): void;
  /** @param until milliseconds since 1970; null ends a suspension */
  suspend(id: number, until: number | null, reason: string | null): void;
}

/** Creates the store of users. All are kept in memory, because every request with a key reads one. */
export function createUsers(database: DatabaseSync): Users {
  const known = new Map<number, User>();
  const idByName = new Map<string, number>();
  let revision = 0;
  const cache = (row: Record<string, unknown>): void => {
    revision += 1;
    const user = userFromRow(row);
    known.set(user.id, user);
    idByName.set(user.username.toLowerCase(), user.id);
  };
  for (const row of database.prepare('SELECT * FROM users').all()) cache(row);

  const insert = database.prepare(
    `INSERT INTO users (username, name, password_hash, is_admin, is_moderator, trust_level, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *`,
  );
  const suspend = database.prepare(
    'UPDATE users SET suspended_until = ?, suspended_reason = ? WHERE id = ? RETURNING *',
  );

  return {
    find: (id) => known.get(id) ?? null,
    findByUsername: (username) => known.get(idByName.get(username.toLowerCase()) ?? 0) ?? null,
    list: () => [...known.values()],
    revision: () => revision,
    create({ username, name, passwordHash, isAdmin, isModerator, trustLevel, createdAt }) {
      const flags = [Number(isAdmin), Number(isModerator)];
      cache(insert.get(username, name, passwordHash, ...flags, trustLevel, createdAt) ?? {});
    },
    suspend(id, until, reason) {
      const row = suspend.get(until, reason, id);
      if (row) cache(row);
    },
  };
}

function userFromRow(row: Record<string, unknown>): User {
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
