import { randomBytes as systemRandomBytes } from 'node:crypto';
import { CSRF_SECRET_NAME, createCsrfTokens } from './core/csrf/csrf-tokens.ts';
import { hashKey } from './core/key/hash-key.ts';
import type { KeyRecord } from './core/key/key-record.ts';
import { isActive } from './core/key/key-state.ts';
import { adminUseLimits, createCurrentLimits } from './core/limits/use-limits.ts';
import type { AdminScopeDefinitions } from './core/scopes/admin-scope.ts';
import { discourseAdminScopes } from './core/scopes/discourse-admin-scopes.ts';
import { discourseScopes } from './core/scopes/discourse-scopes.ts';
import type { MatchedRoute, ScopeDefinitions } from './core/scopes/scope.ts';
import { answer } from './http/answer.ts';
import { type CorsPolicy, preflightResponse, withCors } from './http/cors.ts';
import { createFindEndpoint } from './http/endpoints/find-endpoint.ts';
import { type Guarded, guard } from './http/guard.ts';
import { createDeviceLimits } from './issue/device/device-limits.ts';
import { discourseFeeds, type FeedDefinitions } from './issue/feeds/feed.ts';
import type { Provider } from './issue/provider.ts';
import { runDailyJobs } from './jobs/run-daily-jobs.ts';
import { type JobFailure, startJobs } from './jobs/start-jobs.ts';
import { createPagePaths, type PageMounts } from './ports/page-paths.ts';
import type { RequestContext, Site, SiteUser } from './ports/site.ts';
import type { Store } from './ports/store.ts';
import { createPush, type PushOptions } from './push/create-push.ts';
import type { PushNotification } from './push/push-notification.ts';
import { createSettings, type SettingsRegistry } from './settings/settings.ts';
import { createAdminKeys } from './verify/admin-keys.ts';
import { createAdminJudge } from './verify/admin-verifier.ts';
import { createKeys } from './verify/keys.ts';
import { createJudge, type Judge } from './verify/verifier.ts';

/**
 * What a site hands over to get its keys.
 *
 * @typeParam Native the framework's own request, as the site passes it in `RequestContext.native`
 * @typeParam User the site's own user type
 */
export interface ValetkeyOptions<Native = unknown, User extends SiteUser = SiteUser> {
  readonly site: Site<Native, User>;
  readonly store: Store;
  /** @default the scopes of PROTOCOL.md section 5 */
  readonly scopes?: ScopeDefinitions;
  /** What people can subscribe to in calendars and feed readers. @default the calendar of one’s bookmarks */
  readonly feeds?: FeedDefinitions;
  /** What granular admin keys can be given. @default the scopes of PROTOCOL.md section 12 */
  readonly adminScopes?: AdminScopeDefinitions;
  /**
   * Where the pages of users and the pages for admins are; `false` for those that this instance does not serve. The
   * endpoints of PROTOCOL.md stay where they are. @default both where PROTOCOL.md has them
   */
  readonly pages?: PageMounts;
  /** How notifications are pushed to apps (PROTOCOL.md section 11). */
  readonly push?: PushOptions;
  /**
   * Told of each job that could not do its work (writing last-used, sweeping, revoking what is stale), to be logged or
   * counted. @default nobody is told
   */
  readonly onJobFailure?: ((failure: JobFailure) => void) | undefined;
  /** Milliseconds since 1970. @default the system's clock */
  readonly now?: () => number;
  /** @default the system's cryptographic randomness */
  readonly randomBytes?: (count: number) => Uint8Array;
}

/** User API keys for one site. */
export interface Valetkey<Native = unknown, User extends SiteUser = SiteUser> {
  /**
   * Answers the protocol's own endpoints and pages (`/user-api-key…`, `/oauth/…`) and the preflights of listed origins; null when
   * the request is the site's own. What the store throws, it throws.
   */
  fetch(request: Request, context: RequestContext<Native>): Promise<Response | null>;
  /**
   * Judges a request to one of the site's own routes. A key beats a cookie: unless the answer is `anonymous`, the
   * cookie must not be looked at, no session started and no cookie set (PROTOCOL.md section 5).
   */
  guard(request: Request, route: MatchedRoute, context: RequestContext<Native>): Promise<Guarded>;
  /** Lets a listed origin read the site's own answer: pass every one through, refusals too (PROTOCOL.md section 5). */
  withCors(request: Request, response: Response): Response;
  /** The judge itself, for a site that reads its requests in its own way. */
  readonly judge: Judge;
  readonly settings: SettingsRegistry;
  /**
   * Returns the CSRF token of a session, for front ends that send `X-CSRF-Token` and get it from the site
   * (`/session/csrf.json` of Discourse): HMAC-SHA-256 of the session's id with a secret that the store keeps.
   *
   * @throws TypeError if the id is empty
   */
  csrfToken(sessionId: string): string;
  /**
   * Returns whether this is the token of that session, in constant time, for the site's own forms.
   *
   * @throws TypeError if the id is empty
   */
  verifyCsrfToken(sessionId: string, token: string | null): boolean;
  /** The live keys of a person, newest first. */
  keysOf(userId: string): Promise<KeyRecord[]>;
  /** Whom this one-time password would sign in; null if it is not good any more. Changes nothing: previews fetch links. */
  findOneTimePassword(password: string): Promise<User | null>;
  /** The same, and it is used up: sign this person in (PROTOCOL.md section 7). */
  consumeOneTimePassword(password: string): Promise<User | null>;
  /**
   * Tells the apps of a person what happened: each that holds a live key with `push` or `notifications` and a listed
   * push URL (PROTOCOL.md section 11). Call it when the site raises a notification. Once it has answered, what is to be
   * pushed survives a crash, and is delivered at least once, within a day or not at all; whether a key is still live is
   * asked again just before each attempt. Never rejects for a failing store: `push.onFailure` is told, because a
   * notification that gets lost must not undo what it was about.
   *
   * @throws TypeError if `postUrl` is no path on this site
   * @example
   * ```ts
   * await valetkey.notify(author.id, {
   *   notificationType: 2,
   *   postUrl: '/t/plums/7/2',
   *   topicTitle: 'Plums',
   *   excerpt: 'They are mine.',
   *   username: 'bob',
   * });
   * ```
   */
  notify(userId: string, notification: PushNotification): Promise<void>;
  /** Sends what is due, and resolves when nothing is; it happens by itself, so this is for tests and schedulers. */
  processPushQueue(): Promise<void>;
  /** What has to be done once a day; it is, at the start and every 24 hours. Answers how many keys it revoked. */
  runDailyJobs(): Promise<number>;
  /** Writes what is buffered and closes the store. */
  close(): Promise<void>;
}

/**
 * Puts the parts together.
 *
 * @example
 * ```ts
 * const valetkey = await createValetkey({ site, store: createSqliteStore({ path: 'valetkey.sqlite' }) });
 * const ours = await valetkey.fetch(request, { ipAddress });
 * if (ours) return ours;
 * const guarded = await valetkey.guard(request, { name: 'list#latest', format: 'json' }, { ipAddress });
 * if (guarded.kind === 'refused') return guarded.response;
 * ```
 */
export async function createValetkey<Native = unknown, User extends SiteUser = SiteUser>(
  options: ValetkeyOptions<Native, User>,
): Promise<Valetkey<Native, User>> {
  const { site, store, scopes = discourseScopes, adminScopes = discourseAdminScopes } = options;
  const { now = Date.now, randomBytes = systemRandomBytes } = options;
  // Several nodes that begin at once agree on one; it passes no setting of the registry, so that no audit hears of it.
  await store.saveSettingIfAbsent('push_api_secret_key', Buffer.from(randomBytes(16)).toString('hex'));
  const csrf = createCsrfTokens(
    await store.saveSettingIfAbsent(CSRF_SECRET_NAME, Buffer.from(randomBytes(32)).toString('hex')),
  );
  const basePath = new URL(site.baseUrl).pathname.replace(/\/$/, '');
  const findEndpoint = createFindEndpoint(options.pages);
  const keys = createKeys(store, scopes);
  const adminKeys = createAdminKeys(store, adminScopes);
  const settings = await createSettings(store, now, {
    pushesOverHttp: options.push?.dangerouslyAllowPrivateAddresses,
  });
  const limits = createCurrentLimits(settings.current);
  const adminLimits = () => adminUseLimits(settings.current());
  const provider: Provider = {
    site,
    basePath,
    paths: createPagePaths(basePath, options.pages),
    csrf,
    store,
    keys,
    judge: createJudge({ keys, site, scopes, limits, now }),
    adminKeys,
    adminJudge: createAdminJudge({ keys: adminKeys, site, scopes: adminScopes, limits: adminLimits, now }),
    deviceLimits: createDeviceLimits(),
    settings,
    scopes,
    feeds: options.feeds ?? discourseFeeds,
    adminScopes,
    now,
    randomBytes,
  };
  // At the start a store that fails is told by rejecting; from then on by `onJobFailure`.
  await runDailyJobs(provider);
  await store.deleteExpiredGrants(now());
  const push = createPush(provider, options.push ?? {});
  const stopJobs = startJobs(provider, options.onJobFailure ?? (() => {}));

  async function activeUser(userId: Promise<string | null>): Promise<User | null> {
    const id = await userId;
    const user = id === null ? null : await site.findUser(id);
    return user && !user.isSuspended ? user : null;
  }

  const corsPolicy = (): CorsPolicy => {
    const { cors_origins, cors_allow_admin_api_keys } = settings.current();
    return { origins: cors_origins, allowsAdminKeys: cors_allow_admin_api_keys };
  };

  return {
    async fetch(request, context) {
      const preflight = preflightResponse(request, corsPolicy());
      if (preflight) return preflight;
      const response = await answer(request, context, provider, findEndpoint);
      return response && withCors(request, response, corsPolicy());
    },
    withCors: (request, response) => withCors(request, response, corsPolicy()),
    guard: (request, route, context) => guard(request, route, context, provider),
    judge: provider.judge,
    settings: provider.settings,
    csrfToken: csrf.tokenOf,
    verifyCsrfToken: csrf.verify,
    async keysOf(userId) {
      return (await keys.list(userId, null)).filter((key) => isActive(key, now()));
    },
    findOneTimePassword: (password) => activeUser(store.findOneTimePassword(hashKey(password), now())),
    consumeOneTimePassword: (password) => activeUser(store.consumeOneTimePassword(hashKey(password), now())),
    notify: push.notify,
    processPushQueue: push.processQueue,
    runDailyJobs: () => runDailyJobs(provider),
    async close() {
      await push.stop();
      stopJobs();
      try {
        await keys.lastUsed.flush();
        await adminKeys.lastUsed.flush();
      } finally {
        await store.close();
      }
    },
  };
}
