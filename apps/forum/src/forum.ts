import { createMcp } from '@valetkey/mcp';
import { createOauth, type FetchDocument } from '@valetkey/oauth';
import {
  createValetkey,
  discoursePreset,
  discourseScopes,
  type FeedDefinitions,
  type JobFailure,
  type PushOptions,
  type ScopeDefinitions,
  type Valetkey,
  type ValetkeyOptions,
} from '@valetkey/server';
import type { AccessLogEntry } from '@valetkey/server/monitor';
import { createForumTools } from './agents/forum-tools.ts';
import { createBookmarks } from './data/bookmarks.ts';
import { createNotifications } from './data/notifications.ts';
import { type DatabaseOptions, openDatabases } from './data/open-databases.ts';
import { createPasswords, type PasswordCost } from './data/passwords.ts';
import { createPostLists } from './data/post-lists.ts';
import { seed } from './data/seed.ts';
import { createSessions } from './data/sessions.ts';
import { createTopics } from './data/topics.ts';
import { createUserStatuses } from './data/user-statuses.ts';
import { createUsers, toSiteUser, type User } from './data/users.ts';
import { createForumOpenId } from './forum-open-id.ts';
import type { Forum } from './forum-parts.ts';
import { createApp } from './http/app.ts';
import type { ForumRequestContext } from './http/route.ts';
import { cookiePair, expiredSessionCookie, readSessionCookie } from './http/session-cookie.ts';
import { createSignInLimit } from './http/sign-in-limit.ts';
import { type MailOptions, openMailer } from './mail/open-mailer.ts';
import { createNoticeDelivery } from './notice-delivery.ts';
import { pushPending } from './push-post.ts';

/** The options of a forum. */
export interface ForumOptions extends DatabaseOptions {
  /** Absolute URL without a path. */
  readonly baseUrl: string;
  /** `redis://host`: counts the limits of keys for all forums of a site. @default in the memory of this process */
  readonly valkeyUrl?: string | undefined;
  /** The scopes that apps can request. @default the scopes of Discourse */
  readonly scopes?: ScopeDefinitions | undefined;
  /** The feeds that users can subscribe to. @default a calendar of the user's bookmarks */
  readonly feeds?: FeedDefinitions | undefined;
  /** Settings that a new forum starts with; an existing one keeps its own. */
  readonly initialSettings?: Readonly<Record<string, string>> | undefined;
  /** Returns milliseconds since 1970. @default the system clock */
  readonly now?: (() => number) | undefined;
  /** Fetches the metadata of OAuth clients. @default over https, from public IP addresses only */
  readonly fetchClientDocument?: FetchDocument | undefined;
  /** How notifications are pushed. @default to public IP addresses only, without reporting failures */
  readonly push?: PushOptions | undefined;
  /** How notices about keys are mailed to users who gave an address. @default not at all */
  readonly mail?: MailOptions | undefined;
  /** Called for each failed background job of Valetkey. */
  readonly onJobFailure?: ((failure: JobFailure) => void) | undefined;
  /** Called once per request, with an entry without secrets. */
  readonly accessLog?: ((entry: AccessLogEntry) => void) | undefined;
  /** Counts the work of Valetkey, from `createMetrics`. @default nothing is counted */
  readonly metrics?: ValetkeyOptions['metrics'];
  /** Lower it only in tests. @default the cost that OWASP recommends */
  readonly passwordCost?: PasswordCost | undefined;
}

/** The session of a browser. */
export interface OpenedSession {
  /** The value of the header `Cookie`. */
  readonly cookie: string;
  /** The value of the header `X-CSRF-Token` or the form field `authenticity_token`. */
  readonly csrfToken: string;
}

/** A forum without a socket: it takes a `Request` and returns a `Response`. */
export interface RunningForum {
  fetch(request: Request, context: ForumRequestContext): Promise<Response>;
  readonly valetkey: Valetkey;
  /** Signs a user in without a password, for tests; returns null for an unknown username. */
  openSession(username: string): Promise<OpenedSession> | null;
  close(): Promise<void>;
}

/** Creates a forum without a socket, and seeds it if its database is empty. */
export async function createForum(options: ForumOptions): Promise<RunningForum> {
  const { baseUrl, scopes = discourseScopes, now = Date.now } = options;
  const { store, database, recordUserChange, close } = await openDatabases(options);
  const valkey = options.valkeyUrl === undefined ? null : await connectValkey(options.valkeyUrl, options.now);
  const notifications = createNotifications(database);
  const forum: Forum = {
    name: 'Plum Forum',
    baseUrl,
    users: createUsers(database, recordUserChange),
    statuses: createUserStatuses(database),
    topics: createTopics(database, notifications),
    postLists: createPostLists(database),
    notifications,
    bookmarks: createBookmarks(database),
    sessions: createSessions(database, now, (id) => valetkey.csrfToken(id)),
    passwords: await createPasswords(options.passwordCost),
    signInLimit: createSignInLimit(valkey?.attemptLimiter),
  };
  const mailer = options.mail && openMailer(options.mail, forum);
  const notices = createNoticeDelivery([
    notifications.addNotice,
    async (notice) => {
      const user = await forum.users.findCurrent(Number(notice.userId));
      if (user) mailer?.mailNotice(notice, user);
    },
  ]);
  // Another node may suspend a user.
  const unsubscribe = store.changeFeed?.subscribe(
    ({ kind, id }) => kind === 'user' && forum.users.forget(Number(id)),
    () => forum.users.forget(null),
  );
  const toSite = (user: User | null) => user && toSiteUser(user, now());
  /** Returns no promise if the user is in memory. */
  function findSiteUser(id: number) {
    const user = forum.users.findCurrent(id);
    return user instanceof Promise ? user.then(toSite) : toSite(user);
  }
  const valetkey: Valetkey = await createValetkey({
    ...discoursePreset,
    // So that an agent finds out what it can request.
    settingDefaults: { ...discoursePreset.settingDefaults, mcp_list_askable_tools: true },
    store,
    ...(valkey && { useLimiter: valkey.useLimiter, attemptLimiter: valkey.attemptLimiter }),
    scopes,
    ...(options.feeds && { feeds: options.feeds }),
    now,
    extensions: [
      createOauth({
        resources: ['/mcp'],
        fetchClientDocument: options.fetchClientDocument,
        openId: createForumOpenId(forum, options.dataDir),
      }),
      createMcp({
        tools: createForumTools(),
        serve: (request, context) => app.fetch(request, context),
      }),
    ],
    push: options.push ?? {},
    onJobFailure: options.onJobFailure,
    onNotice: notices.deliver,
    metrics: options.metrics,
    site: {
      name: forum.name,
      description: 'A forum about plums.',
      baseUrl,
      loginUrl: (returnTo, loginHint) =>
        `/login?${new URLSearchParams({ return_to: returnTo, ...(loginHint && { login_hint: loginHint }) })}`,
      switchAccountUrl: (returnTo) => `/login?switch=1&return_to=${encodeURIComponent(returnTo)}`,
      findUser: (id) => findSiteUser(Number(id)),
      usersRevision: forum.users.revision,
      findUserByUsername(username) {
        const named = forum.users.findByUsername(username);
        return named && findSiteUser(named.id);
      },
      async findSession(request) {
        const id = readSessionCookie(request);
        const session = id === '' ? null : await forum.sessions.find(id);
        const user = session?.userId ? await findSiteUser(session.userId) : null;
        return user && session && { id, user, authenticatedAt: session.createdAt };
      },
      async endSession({ id }) {
        const session = await forum.sessions.find(id);
        if (session) await forum.sessions.remove(session.idHash);
        return [expiredSessionCookie(baseUrl.startsWith('https:'))];
      },
    },
  });

  // Before the seed, so that a first start that was interrupted is repeated.
  await forum.users.load();
  if (forum.users.list().length === 0)
    for (const [name, value] of Object.entries(options.initialSettings ?? {}))
      await valetkey.settings.set(name, value);
  await seed({ database, ...forum }, now());
  await forum.sessions.removeOld();
  await pushPending({ forum, valetkey });
  const app = createApp({ forum, valetkey, now }, { accessLog: options.accessLog, now });
  return {
    fetch: async (request, context) => app.fetch(request, context),
    valetkey,
    openSession(username) {
      const user = forum.users.findByUsername(username);
      if (!user) return null;
      return forum.sessions
        .create(user.id)
        .then(({ id, session }) => ({ cookie: cookiePair(id), csrfToken: session.csrfToken }));
    },
    async close() {
      unsubscribe?.();
      await valetkey.close();
      await notices.settle();
      await mailer?.close();
      await valkey?.close();
      await close();
    },
  };
}

/**
 * The driver is loaded only for Valkey.
 *
 * @param now a clock of the test, which then measures the limits too
 */
async function connectValkey(url: string, now: ForumOptions['now']) {
  const { openValkey } = await import('@valetkey/valkey');
  return openValkey({ url, clock: now ? 'caller' : 'server' });
}
