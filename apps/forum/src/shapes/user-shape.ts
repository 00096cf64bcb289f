import type { KeyRecord } from '@valetkey/server';
import type { UserStatus } from '../data/user-statuses.ts';
import { avatarTemplate, isStaff, type User } from '../data/users.ts';

/** Formats milliseconds since 1970 as Discourse does. */
export const isoTime = (time: number): string => new Date(time).toISOString();

/** A user beside a topic or post. */
export const basicUser = (user: User) => ({
  id: user.id,
  username: user.username,
  name: user.name,
  avatar_template: avatarTemplate(user),
  admin: user.isAdmin,
  moderator: user.isModerator,
  trust_level: user.trustLevel,
});

/** `GET /session/current.json` */
export const currentUser = (user: User, unreadNotifications: number) => ({
  ...basicUser(user),
  unread_notifications: unreadNotifications,
  unread_high_priority_notifications: 0,
  can_create_topic: true,
  staff: isStaff(user),
});

/** `GET /u/:username.json`. @param keys only for the user's own profile; else null */
export const userProfile = (user: User, status: UserStatus | null, keys: readonly ListedKey[] | null) => ({
  ...basicUser(user),
  created_at: isoTime(user.createdAt),
  last_seen_at: null,
  bio_raw: null,
  can_edit: keys !== null,
  can_send_private_messages: false,
  status: status && userStatus(status),
  ...(keys && { user_api_keys: keys.map(userApiKey) }),
});

/** What a profile shows of a key or an OAuth grant. */
export type ListedKey = Pick<KeyRecord, 'id' | 'applicationName' | 'scopes' | 'createdAt' | 'lastUsedAt'>;

/** A user's status; every member is null without one. */
export const userStatus = (status: UserStatus | null) => ({
  description: status?.description ?? null,
  emoji: status?.emoji ?? null,
  ends_at: status?.endsAt ? isoTime(status.endsAt) : null,
});

const userApiKey = (key: ListedKey) => ({
  id: key.id,
  application_name: key.applicationName,
  scopes: key.scopes,
  created_at: isoTime(key.createdAt),
  last_used_at: key.lastUsedAt === null ? null : isoTime(key.lastUsedAt),
});
