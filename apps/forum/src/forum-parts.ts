import type { Bookmarks } from './data/bookmarks.ts';
import type { Notifications } from './data/notifications.ts';
import type { Passwords } from './data/passwords.ts';
import type { PostLists } from './data/post-lists.ts';
import type { Sessions } from './data/sessions.ts';
import type { Topics } from './data/topics.ts';
import type { UserStatuses } from './data/user-statuses.ts';
import type { Users } from './data/users.ts';
import type { SignInLimit } from './http/sign-in-limit.ts';

/** The parts of the forum that its routes use. */
export interface Forum {
  readonly name: string;
  readonly baseUrl: string;
  readonly users: Users;
  readonly statuses: UserStatuses;
  readonly topics: Topics;
  readonly postLists: PostLists;
  readonly notifications: Notifications;
  readonly bookmarks: Bookmarks;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly signInLimit: SignInLimit;
}
