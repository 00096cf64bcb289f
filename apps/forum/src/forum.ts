import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  createValetkey,
  discourseScopes,
  type FeedDefinitions,
  type JobFailure,
  type PushOptions,
  type RequestContext,
  type ScopeDefinitions,
  type Store,
  type Valetkey,
} from '@valetkey/server';
import { createSqliteStore, StoreInUseError } from '@valetkey/server/store/sqlite';
import { createBookmarks } from './data/bookmarks.ts';
import { openForumDatabase } from './data/database.ts';
import { createNotifications } from './data/notifications.ts';
import { createPasswords, type PasswordCost } from './data/passwords.ts';
import { seed } from './data/seed.ts';
import { createSessions } from './data/sessions.ts';
import { createTopics } from './data/topics.ts';
import { createUserStatuses } from './data/user-statuses.ts';
import { createUsers, toSiteUser } from './data/users.ts';
import type { Forum } from './forum-parts.ts';
import { createApp } from './http/app.ts';
import { cookiePair, readSessionCookie } from './http/session-cookie.ts';
import { createSignInLimit } from './http/sign-in-limit.ts';
import { pushWhatWasLeft } from './push-post.ts';

/** What a forum needs to know before it begins. */
export interface ForumOptions {
  /** Absolute address, without a path. */
  readonly baseUrl: string;
  /** Folder for the two databases, made if missing; null keeps everything in memory. */
  readonly dataDir: string | null;
  /** Where keys are kept; closed with the forum. @default SQLite in the data folder */
  readonly store?: Store | undefined;
  /** What apps may ask for. @default the scopes of Discourse */
  readonly scopes?: ScopeDefinitions | undefined;
  /** What people can subscribe to. @default the calendar of one’s bookmarks */
  readonly feeds?: FeedDefinitions | undefined;
  /** Milliseconds since 1970. @default the system's clock */
  readonly now?: (() => number) | undefined;
  /** How notifications are pushed. @default only to addresses on the internet, and nobody hears of failures */
  readonly push?: PushOptions | undefined;
  /** Hears of each job of the keys that could not do its work. @default nobody does */
  readonly onJobFailure?: ((failure: JobFailure) => void) | undefined;
  /** Hears a line of each request, without secrets. @default nobody does */
  readonly accessLog?: ((line: string) => void) | undefined;
  /** Lower it only where passwords protect nothing. */
  readonly passwordCost?: PasswordCost | undefined;
}

/** What a browser holds of a session. */
export interface OpenedSession {
  /** For the header `Cookie`. */
  readonly cookie: string;
  /** For the header `X-CSRF-Token`, or the form field `authenticity_token`. */
  readonly csrfToken: string;
}

/** A forum that answers requests, wherever they come from. */
export interface RunningForum {
  fetch(request: Request, context: RequestContext): Promise<Response>;
  readonly valetkey: Valetkey;
  /** Signs somebody in without their password, for tests in this process; null if nobody has that name. */
  openSession(username: string): OpenedSession | null;
  close(): Promise<void>;
}

/** A forum without a network: give it requests, get answers. Seeded when its data folder is empty. */
export async function createForum(options: ForumOptions): Promise<RunningForum> {
  const { baseUrl, dataDir, scopes = discourseScopes, now = Date.now } = options;
  if (dataDir !== null) mkdirSync(dataDir, { recursive: true });
  const fileNamed = (name: string) => (dataDir === null ? ':memory:' : join(dataDir, name));

  // First, because it refuses a data folder that another process uses.
  const store = options.store ?? openStore(fileNamed('valetkey.sqlite'));
  const database = openForumDatabase(fileNamed('forum.sqlite'));
  const notifications = createNotifications(database);
  const forum: Forum = {
    name: 'Plum Forum',
    baseUrl,
    users: createUsers(database),
    statuses: createUserStatuses(database),
    topics: createTopics(database, notifications),
    notifications,
    bookmarks: createBookmarks(database),
    sessions: createSessions(database, now, (id) => valetkey.csrfToken(id)),
    passwords: await createPasswords(options.passwordCost),
    signInLimit: createSignInLimit(),
  };
  await seed({ database, ...forum }, now());

  const valetkey: Valetkey = await createValetkey({
    store,
    scopes,
    ...(options.feeds && { feeds: options.feeds }),
    now,
    push: options.push ?? {},
    onJobFailure: options.onJobFailure,
    site: {
      name: forum.name,
      description: 'Where people talk about plums.',
      baseUrl,
      loginUrl: (returnTo) => `/login?return_to=${encodeURIComponent(returnTo)}`,
      findUser(id) {
        const user = forum.users.find(Number(id));
        return user && toSiteUser(user, now());
      },
      usersRevision: forum.users.revision,
      findUserByUsername(username) {
        const user = forum.users.findByUsername(username);
        return user && toSiteUser(user, now());
      },
      findSession(request) {
        const id = readSessionCookie(request);
        const session = id === '' ? null : forum.sessions.find(id);
        const user = session?.userId ? forum.users.find(session.userId) : null;
        return user && { id, user: toSiteUser(user, now()) };
      },
    },
  });

  await pushWhatWasLeft({ forum, valetkey });
  const app = createApp({ forum, valetkey, now }, options.accessLog);
  return {
    fetch: async (request, context) => app.fetch(request, context),
    valetkey,
    openSession(username) {
      const user = forum.users.findByUsername(username);
      if (!user) return null;
      const { id, session } = forum.sessions.create(user.id);
      return { cookie: cookiePair(id), csrfToken: session.csrfToken };
    },
    async close() {
      await valetkey.close();
      database.close();
    },
  };
}

/** @throws Error with a sentence if another process uses the data folder */
function openStore(path: string): Store {
  try {
    return createSqliteStore({ path });
  } catch (error) {
    if (!(error instanceof StoreInUseError)) throw error;
    throw new Error(
      'Another forum is using this data folder. Stop it, or choose another folder with --data.',
      { cause: error },
    );
  }
}
