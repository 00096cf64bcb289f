import { randomBytes as systemRandomBytes } from 'node:crypto';
import { CSRF_SECRET_NAME, createCsrfTokens } from './core/csrf/csrf-tokens.ts';
import type { KeyRecord } from './core/key/key-record.ts';
import { isActive } from './core/key/key-state.ts';
import type { MaybePromise } from './core/maybe-promise.ts';
import type { Refusal } from './core/refusal.ts';
import type { AdminScopeDefinitions } from './core/scopes/admin-scope.ts';
import { discourseAdminScopes } from './core/scopes/discourse-admin-scopes.ts';
import { discourseScopes } from './core/scopes/discourse-scopes.ts';
import type { MatchedRoute, ScopeDefinitions } from './core/scopes/scope.ts';
import { deriveFromSettings } from './core/use-limits.ts';
import { answer } from './http/answer.ts';
import { type AuthorizeResult, authorize } from './http/authorize.ts';
import { type CorsPolicy, corsHeaders, preflightResponse, withCors } from './http/cors.ts';
import { createFindEndpoint } from './http/endpoints/find-endpoint.ts';
import { renderRefusal } from './http/render-refusal.ts';
import type { RequestHead } from './http/request-head.ts';
import { createInProcessAttemptLimiter } from './in-process/in-process-attempt-limiter.ts';
import { createInProcessChangeFeed } from './in-process/in-process-change-feed.ts';
import { createDeviceLimits } from './issue/device/device-limits.ts';
import { discourseFeeds, type FeedDefinitions } from './issue/feeds/feed.ts';
import type { Provider } from './issue/provider.ts';
import { consumeSignIn, findSignIn } from './issue/use-one-time-password.ts';
import { runDailyJobs } from './jobs/run-daily-jobs.ts';
import { createFailureReport, type JobFailure, startJobs } from './jobs/start-jobs.ts';
import type { CreateAttemptLimiter } from './ports/attempt-limiter.ts';
import type { Change, ChangeFeed } from './ports/change-feed.ts';
import { createPagePaths, type PageMounts } from './ports/page-paths.ts';
import type { RequestContext, Site, SiteUser } from './ports/site.ts';
import type { Store } from './ports/store.ts';
import type { UseLimiter } from './ports/use-limiter.ts';
import { createPush, type PushOptions } from './push/create-push.ts';
import type { PushNotification } from './push/push-notification.ts';
import { createSettings, type SettingsRegistry } from './settings/settings.ts';
import { createVerification } from './verify/create-verification.ts';
import type { VerifyRequest } from './verify/verify-request.ts';
import type { VerifyResult } from './verify/verify-result.ts';

/** Milliseconds since 1970 by a clock that nobody can set. */
const systemMonotonicNow = (): number => performance.timeOrigin + performance.now();

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
  /** Tells the nodes of a site what has changed. @default this process only */
  readonly changeFeed?: ChangeFeed;
  /** Counts the uses of keys. @default in the memory of this process */
  readonly useLimiter?: UseLimiter;
  /** Counts attempts in the device flow. @default in the memory of this process */
  readonly attemptLimiter?: CreateAttemptLimiter;
  /** How many keys of each kind are cached. @default 200,000 */
  readonly capacity?: number;
  /** A cached key is read again after so many milliseconds, even if no change was heard of. @default never */
  readonly maxAgeMs?: number;
  /** Called for each job that fails (storing last-used, sweeping, revoking stale keys, publishing changes), to be logged or counted. */
  readonly onJobFailure?: ((failure: JobFailure) => void) | undefined;
  /** Milliseconds since 1970. @default the system's clock */
  readonly now?: () => number;
  /**
   * Milliseconds that never go backwards, for the limits: they must not change when the clock is set. @default `now` if it is given,
   * else the system's monotonic clock
   */
  readonly monotonicNow?: () => number;
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
   * Verifies the key of a request to one of the site's own routes; a promise only where something is not in memory. A key beats a
   * cookie: unless the result is `anonymous`, ignore the cookie, start no session and set no cookie (PROTOCOL.md section 5).
   *
   * @param request a `Request`, or method, URL and a reader of a framework's own headers
   */
  authorize(
    request: RequestHead,
    route: MatchedRoute,
    context: Pick<RequestContext, 'ipAddress'>,
  ): MaybePromise<AuthorizeResult>;
  /** Renders a refusal: a page for the format `html`, else JSON. For the results of `verify`. */
  renderRefusal(refusal: Refusal, format: string | undefined, request: RequestHead): Promise<Response>;
  /** The same on plain data, for a site that reads and renders HTTP in its own way. */
  verify(request: VerifyRequest): MaybePromise<VerifyResult>;
  /** Lets a listed origin read the site's own response: pass every response through, refusals too (PROTOCOL.md section 5). */
  withCors(request: RequestHead, response: Response): Response;
  /** The headers that `withCors` adds, for a framework with a response of its own. `Vary` is to be added to what is there. */
  corsHeaders(request: Pick<RequestHead, 'headers'>): Record<string, string>;
  /** Call it when a user was suspended, renamed or deleted, if `Site.usersRevision` is used on several nodes. */
  userChanged(userId: string): Promise<void>;
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
  /**
   * Returns the user whom this one-time password would sign in; null if it is expired or used, or its key, user or scope
   * has ended. Changes nothing: link previews fetch links.
   */
  findOneTimePassword(password: string): Promise<User | null>;
  /** Returns the same, uses up the password, and adds the sign-in to the audit (PROTOCOL.md, one-time passwords). */
  consumeOneTimePassword(password: string, context: Pick<RequestContext, 'ipAddress'>): Promise<User | null>;
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
 * const authorized = await valetkey.authorize(request, { name: 'list#latest', format: 'json' }, { ipAddress });
 * if (authorized.kind === 'refused') return authorized.response();
 * ```
 */
export async function createValetkey<Native = unknown, User extends SiteUser = SiteUser>(
  options: ValetkeyOptions<Native, User>,
): Promise<Valetkey<Native, User>> {
  const { site, store, scopes = discourseScopes, adminScopes = discourseAdminScopes } = options;
  const { now = Date.now, monotonicNow = options.now ?? systemMonotonicNow } = options;
  const { randomBytes = systemRandomBytes } = options;
  const { changeFeed = createInProcessChangeFeed() } = options;
  const { attemptLimiter = (_name, windows) => createInProcessAttemptLimiter(windows) } = options;
  const report = createFailureReport(options.onJobFailure);

  async function publish(kind: Change['kind'], id: string): Promise<void> {
    try {
      await changeFeed.publish({ kind, id });
    } catch (error) {
      // The change is stored and applies here: whoever asked for it must not be told that it failed.
      report('change_feed', error);
    }
  }
  // Several nodes that begin at once agree on one; it passes no setting of the registry, so that no audit hears of it.
  await store.saveSettingIfAbsent('push_api_secret_key', Buffer.from(randomBytes(16)).toString('hex'));
  const csrf = createCsrfTokens(
    await store.saveSettingIfAbsent(CSRF_SECRET_NAME, Buffer.from(randomBytes(32)).toString('hex')),
  );
  const basePath = new URL(site.baseUrl).pathname.replace(/\/$/, '');
  const findEndpoint = createFindEndpoint(options.pages);
  const settings = await createSettings(store, now, {
    pushesOverHttp: options.push?.dangerouslyAllowPrivateAddresses,
    publish: (name) => publish('setting', name),
  });
  const { keys, adminKeys, verifier, stop } = createVerification({
    site,
    store,
    scopes,
    adminScopes,
    settings,
    changeFeed,
    useLimiter: options.useLimiter,
    cache: { capacity: options.capacity, maxAgeMs: options.maxAgeMs, monotonicNow },
    now,
    publish,
    report,
  });
  const provider: Provider = {
    site,
    basePath,
    paths: createPagePaths(basePath, options.pages),
    csrf,
    store,
    keys,
    verifier,
    adminKeys,
    deviceLimits: createDeviceLimits(attemptLimiter),
    settings,
    scopes,
    feeds: options.feeds ?? discourseFeeds,
    adminScopes,
    now,
    randomBytes,
  };
  // At the start, a store that fails is an error; from then on it is reported to `onJobFailure`.
  await runDailyJobs(provider);
  await store.deleteExpiredGrants(now());
  const push = createPush(provider, options.push ?? {});
  const stopJobs = startJobs(provider, report);

  const findUser = (id: string) => site.findUser(id);
  const corsPolicy = deriveFromSettings(
    settings.current,
    ({ cors_origins, cors_allow_admin_api_keys }): CorsPolicy => ({
      origins: cors_origins,
      allowsAdminKeys: cors_allow_admin_api_keys,
    }),
  );

  return {
    async fetch(request, context) {
      const preflight = preflightResponse(request, corsPolicy());
      if (preflight) return preflight;
      const response = await answer(request, context, provider, findEndpoint);
      return response && withCors(request, response, corsPolicy());
    },
    withCors: (request, response) => withCors(request, response, corsPolicy()),
    corsHeaders: (request) => corsHeaders(request, corsPolicy()),
    authorize: (request, route, context) => authorize(request, route, context, provider),
    verify: provider.verifier.verify,
    renderRefusal: (refusal, format, request) => renderRefusal(refusal, format, request, provider),
    userChanged: (userId) => publish('user', userId),
    settings: provider.settings,
    csrfToken: csrf.tokenOf,
    verifyCsrfToken: csrf.verify,
    async keysOf(userId) {
      return (await keys.list(userId, null)).filter((key) => isActive(key, now()));
    },
    async findOneTimePassword(password) {
      return (await findSignIn(password, findUser, provider))?.user ?? null;
    },
    consumeOneTimePassword: (password, context) => consumeSignIn(password, context, findUser, provider),
    notify: push.notify,
    processPushQueue: push.processQueue,
    runDailyJobs: () => runDailyJobs(provider),
    async close() {
      await push.stop();
      stopJobs();
      stop();
      try {
        await keys.lastUsed.flush();
        await adminKeys.lastUsed.flush();
      } finally {
        await store.close();
      }
    },
  };
}
