import { randomBytes as systemRandomBytes } from 'node:crypto';
import { CSRF_SECRET_NAME, createCsrfTokens } from './core/csrf/csrf-tokens.ts';
import type { KeyRecord } from './core/key/key-record.ts';
import { isActive } from './core/key/key-state.ts';
import type { MaybePromise } from './core/maybe-promise.ts';
import type { Refusal } from './core/refusal.ts';
import { defaultScopes } from './core/scopes/default-scopes.ts';
import type { MatchedRoute } from './core/scopes/scope.ts';
import { deriveFromSettings } from './core/use-limits.ts';
import { answer } from './http/answer.ts';
import { type AuthorizeResult, authorize } from './http/authorize.ts';
import { resourceMetadataUrl } from './http/bearer-challenge.ts';
import {
  type CorsPolicy,
  corsHeaders,
  findPreflightOrigin,
  preflightResponse,
  withCors,
} from './http/cors.ts';
import { createFindEndpoint } from './http/endpoints/find-endpoint.ts';
import { readCredentials } from './http/read-credentials.ts';
import { renderRefusal } from './http/render-refusal.ts';
import type { RequestHead } from './http/request-head.ts';
import { createInProcessAttemptLimiter } from './in-process/in-process-attempt-limiter.ts';
import { createInProcessChangeFeed } from './in-process/in-process-change-feed.ts';
import { createApprovalLimits } from './issue/approval-limits.ts';
import { createDeviceLimits } from './issue/device/device-limits.ts';
import type { Provider } from './issue/provider.ts';
import { consumeSignIn, findSignIn } from './issue/use-one-time-password.ts';
import { runDailyJobs } from './jobs/run-daily-jobs.ts';
import { createFailureReport, deleteExpired, startJobs } from './jobs/start-jobs.ts';
import type { Change, Unsubscribe } from './ports/change-feed.ts';
import type { OauthGrant } from './ports/oauth-grant-store.ts';
import { createPagePaths } from './ports/page-paths.ts';
import type { RequestContext, SiteUser } from './ports/site.ts';
import { createPush } from './push/create-push.ts';
import type { PushNotification } from './push/push-notification.ts';
import { createSettings, type SettingsRegistry } from './settings/settings.ts';
import type { ValetkeyOptions } from './valetkey-options.ts';
import { createVerification } from './verify/create-verification.ts';
import type { VerifyRequest } from './verify/verify-request.ts';
import type { VerifyResult } from './verify/verify-result.ts';

/** Milliseconds since 1970, by a clock that is independent of changes to the system time. */
const systemMonotonicNow = (): number => performance.timeOrigin + performance.now();

/** User API keys for one site. */
export interface Valetkey<Native = unknown, User extends SiteUser = SiteUser> {
  /**
   * Serves the protocol’s own endpoints and pages (`/user-api-key…`, `/oauth/…`), and preflight requests of allowed
   * origins. Returns null for a request of the site itself, without a promise. Rejects with the errors of the store.
   */
  fetch(request: Request, context: RequestContext<Native>): Promise<Response> | null;
  /** Returns whether `fetch` responds to this request, without creating a `Request`. */
  serves(request: RequestHead): boolean;
  /**
   * Verifies the key of a request to one of the site’s own routes. Returns a promise only if something is not in
   * memory.
   *
   * A key takes precedence over a cookie. Unless the result is `anonymous`, ignore the cookie, start no session and
   * set no cookie (PROTOCOL.md#using-a-key).
   *
   * @param request a `Request`, or its method, URL and a function that reads a header
   */
  authorize(
    request: RequestHead,
    route: MatchedRoute,
    context: Pick<RequestContext, 'ipAddress'>,
  ): MaybePromise<AuthorizeResult>;
  /**
   * Calls `onEnd` once, as soon as the key of a request that `authorize` allowed is not valid: revoked, expired, its
   * user suspended, or the store unavailable. For connections that outlast their request, such as WebSockets. Does
   * nothing for a request without a key. Returns a function that ends the observation.
   */
  watchKey(request: RequestHead, route: MatchedRoute, onEnd: (why: Refusal) => void): Unsubscribe;
  /** Renders a refusal that `verify` returned: as a page for the format `html`, else as JSON. */
  renderRefusal(refusal: Refusal, format: string | undefined, request: RequestHead): Promise<Response>;
  /** Verifies a request given as plain data, for a site that parses and renders HTTP itself. */
  verify(request: VerifyRequest): MaybePromise<VerifyResult>;
  /**
   * Adds CORS headers for allowed origins. Pass every response of the site through it, refusals too
   * (PROTOCOL.md#cors).
   */
  withCors(request: RequestHead, response: Response): Response;
  /**
   * Returns the headers that `withCors` adds, for frameworks with their own response type. Append `Vary` to an
   * existing one.
   */
  corsHeaders(request: Pick<RequestHead, 'headers'>): Record<string, string>;
  /**
   * Invalidates cached users on all nodes. Call it when a user is suspended, renamed or deleted, if
   * `Site.usersRevision` is used on several nodes.
   */
  userChanged(userId: string): Promise<void>;
  readonly settings: SettingsRegistry;
  /**
   * Returns the CSRF token of a session: HMAC-SHA-256 of the session’s id with a secret from the store. Serve it to
   * front ends that send `X-CSRF-Token` (Discourse: `/session/csrf.json`).
   *
   * @throws TypeError if the id is empty
   */
  csrfToken(sessionId: string): string;
  /**
   * Returns whether the token belongs to this session. Compares in constant time. Use it for the site’s own forms.
   *
   * @throws TypeError if the id is empty
   */
  verifyCsrfToken(sessionId: string, token: string | null): boolean;
  /** Returns the active keys of a user, newest first. */
  keysOf(userId: string): Promise<KeyRecord[]>;
  /** Returns the OAuth grants of a user that are neither revoked nor expired, newest first. */
  grantsOf(userId: string): Promise<OauthGrant[]>;
  /**
   * Returns the user of a one-time password; null if it is expired or used, or if its key, user or scope is no longer
   * valid. Changes nothing, because link previews request URLs.
   */
  findOneTimePassword(password: string): Promise<User | null>;
  /**
   * Returns the same user, consumes the password, and adds the sign-in to the audit log. Sign this user in
   * (PROTOCOL.md#sign-in-with-a-one-time-password).
   */
  consumeOneTimePassword(password: string, context: Pick<RequestContext, 'ipAddress'>): Promise<User | null>;
  /**
   * Queues a push for each client of a user that has an active key with `push` or `notifications` and an allowed push
   * URL (PROTOCOL.md#push). Call it when the site creates a notification.
   *
   * Once it resolves, the push survives a crash and is delivered at least once, within a day or not at all. Whether a
   * key is active is checked again before each attempt. A failing store does not reject but is reported to
   * `push.onFailure`: a lost push must not undo the notification’s cause.
   *
   * @throws TypeError if `postUrl` is not a path on this site
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
  /**
   * Sends the pushes that are due; resolves when none is left. Runs automatically; call it in tests and schedulers.
   */
  processPushQueue(): Promise<void>;
  /** Runs the daily jobs. They also run at the start and every 24 hours. Returns the number of revoked keys. */
  runDailyJobs(): Promise<number>;
  /** Stores buffered data and closes the store. */
  close(): Promise<void>;
}

/**
 * Creates the provider: opens the store, loads the settings and starts the jobs. Call `close` at the end.
 *
 * @throws Error if the store fails, or a stored setting is invalid
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
  const { site, store, scopes = defaultScopes, adminScopes = {} } = options;
  const { now = Date.now, monotonicNow = options.now ?? systemMonotonicNow } = options;
  const { randomBytes = systemRandomBytes } = options;
  const { changeFeed = createInProcessChangeFeed(), extensions = [] } = options;
  const { attemptLimiter = (_name, windows) => createInProcessAttemptLimiter(windows) } = options;
  const report = createFailureReport(options.onJobFailure);

  async function publish(kind: Change['kind'], id: string): Promise<void> {
    try {
      await changeFeed.publish({ kind, id });
    } catch (error) {
      // The change is stored and applies on this node, so the request must not fail.
      report('change_feed', error);
    }
  }
  // Nodes that start concurrently get the same secret. It bypasses the registry, so that it causes no audit event.
  await store.saveSettingIfAbsent('push_api_secret_key', Buffer.from(randomBytes(16)).toString('hex'));
  const csrf = createCsrfTokens(
    await store.saveSettingIfAbsent(CSRF_SECRET_NAME, Buffer.from(randomBytes(32)).toString('hex')),
  );
  const basePath = new URL(site.baseUrl).pathname.replace(/\/$/, '');
  const settings = await createSettings(store, now, {
    defaults: { allow_user_api_key_scopes: Object.keys(scopes), ...options.settingDefaults },
    pushesOverHttp: options.push?.dangerouslyAllowPrivateAddresses,
    publish: (name) => publish('setting', name),
  });
  const { keys, adminKeys, oauthGrants, verifier, keyWatch, stop } = createVerification({
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
    oauthGrants,
    deviceLimits: createDeviceLimits(attemptLimiter),
    approvalLimits: createApprovalLimits({ createLimiter: attemptLimiter, settings, keys, oauthGrants, now }),
    settings,
    scopes,
    feeds: options.feeds ?? {},
    adminScopes,
    createLimiter: attemptLimiter,
    resourceMetadataUrl: extensions.some((extension) => extension.servesResourceMetadata)
      ? resourceMetadataUrl(site.baseUrl)
      : null,
    now,
    randomBytes,
  };
  const extended = await Promise.all(extensions.map((extension) => extension.start(provider)));
  const findEndpoint = createFindEndpoint(basePath, options.pages, extended);
  // An error of the store is thrown at the start; later ones are reported to `onJobFailure`.
  await runDailyJobs(provider);
  await deleteExpired(provider);
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
    fetch(request, context) {
      const preflight = preflightResponse(request, corsPolicy());
      if (preflight) return Promise.resolve(preflight);
      const found = findEndpoint(request);
      if (!found) return null;
      const answered = answer(request, context, provider, found);
      return answered.then((response) => withCors(request, response, corsPolicy()));
    },
    serves: (request) =>
      findPreflightOrigin(request, corsPolicy()) !== null || findEndpoint(request) !== null,
    withCors: (request, response) => withCors(request, response, corsPolicy()),
    corsHeaders: (request) => corsHeaders(request, corsPolicy()),
    authorize: (request, route, context) => authorize(request, route, context, provider),
    verify: provider.verifier.verify,
    watchKey(request, route, onEnd) {
      const credential = readCredentials(request, route, scopes);
      return credential === null || credential.kind === 'conflict'
        ? () => {}
        : keyWatch.watch(credential, onEnd);
    },
    renderRefusal: (refusal, format, request) => renderRefusal(refusal, format, request, provider),
    userChanged: (userId) => publish('user', userId),
    settings: provider.settings,
    csrfToken: csrf.tokenOf,
    verifyCsrfToken: csrf.verify,
    grantsOf: (userId) => oauthGrants.list(userId),
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
