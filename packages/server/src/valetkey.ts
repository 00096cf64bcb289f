import { randomBytes as systemRandomBytes } from 'node:crypto';
import { CSRF_SECRET_NAME, createCsrfTokens } from './core/csrf/csrf-tokens.ts';
import { isActive } from './core/key/key-state.ts';
import { decideNotice } from './core/notices/decide-notice.ts';
import { defaultScopes } from './core/scopes/default-scopes.ts';
import { defaultsForScopes } from './core/settings/defaults-for-scopes.ts';
import { deriveFromSettings } from './core/use-limits.ts';
import { answer } from './http/answer.ts';
import { authorize } from './http/authorize.ts';
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
import { createInProcessAttemptLimiter } from './in-process/in-process-attempt-limiter.ts';
import { createInProcessChangeFeed } from './in-process/in-process-change-feed.ts';
import { createInProcessUseLimiter } from './in-process/in-process-use-limiter.ts';
import { createApprovalLimits } from './issue/approval-limits.ts';
import { checkSite } from './issue/check-site.ts';
import { createDeviceLimits } from './issue/device/device-limits.ts';
import type { Provider } from './issue/provider.ts';
import { consumeSignIn, findSignIn } from './issue/use-one-time-password.ts';
import { createNoticeReport } from './jobs/create-notice-report.ts';
import { runDailyJobs } from './jobs/run-daily-jobs.ts';
import { createFailureReport, startJobs } from './jobs/start-jobs.ts';
import { checkHealth } from './observe/health.ts';
import { observeCaches } from './observe/observe-caches.ts';
import { observeChangeFeed } from './observe/observe-change-feed.ts';
import { observeFailures } from './observe/observe-failures.ts';
import { observeRequest } from './observe/observe-request.ts';
import { observeStore } from './observe/observe-store.ts';
import { observeVerifier } from './observe/observe-verifier.ts';
import type { Change } from './ports/change-feed.ts';
import { createPagePaths } from './ports/page-paths.ts';
import type { SiteUser } from './ports/site.ts';
import { createPush } from './push/create-push.ts';
import { createSettings } from './settings/settings.ts';
import type { Valetkey } from './valetkey-api.ts';
import type { ValetkeyOptions } from './valetkey-options.ts';
import { createAppBlocks } from './verify/app-blocks.ts';
import { createVerification } from './verify/create-verification.ts';
import { withAuditListener } from './verify/with-audit-listener.ts';

/** Milliseconds since 1970, by a clock that is independent of changes to the system time. */
const systemMonotonicNow = (): number => performance.timeOrigin + performance.now();

/**
 * Creates `Valetkey` for a site: opens the store, loads the settings and starts the jobs. Call `close` at the end.
 *
 * @throws Error if the store fails, a stored setting is invalid, or the site lacks a required member
 * @example
 * ```ts
 * const valetkey = await createValetkey({ site, store: createSqliteStore({ path: 'valetkey.sqlite' }) });
 * const ours = valetkey.fetch(request, { ipAddress });
 * if (ours) return ours;
 * const authorized = await valetkey.authorize(request, { name: 'list#latest', format: 'json' }, { ipAddress });
 * if (authorized.kind === 'refused') return authorized.response();
 * ```
 */
export async function createValetkey<Native = unknown, User extends SiteUser = SiteUser>(
  options: ValetkeyOptions<Native, User>,
): Promise<Valetkey<Native, User>> {
  type Api = Valetkey<Native, User>;
  const { site, scopes = defaultScopes, adminScopes = {}, metrics, trace } = options;
  checkSite(site);
  const observed = metrics || trace ? observeStore(options.store, { metrics, trace }) : options.store;
  const { now = Date.now, monotonicNow = options.now ?? systemMonotonicNow } = options;
  const { randomBytes = systemRandomBytes } = options;
  const { changeFeed: givenFeed = observed.changeFeed ?? createInProcessChangeFeed(), extensions = [] } =
    options;
  const changeFeed = metrics ? observeChangeFeed(givenFeed, metrics) : givenFeed;
  const useLimiter = options.useLimiter ?? createInProcessUseLimiter();
  const { attemptLimiter = (_name, windows) => createInProcessAttemptLimiter(windows) } = options;
  const { onJobFailure, onPushFailure } = observeFailures(options);
  const report = createFailureReport(onJobFailure);
  const reportNotice = createNoticeReport(options.onNotice, report);
  const store = reportNotice
    ? withAuditListener(observed, (event) => {
        const notice = decideNotice(event);
        if (notice) reportNotice(notice);
      })
    : observed;

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
    defaults: { ...defaultsForScopes(scopes), ...options.settingDefaults },
    pushesOverHttp: options.push?.dangerouslyAllowPrivateAddresses,
    publish: (name) => publish('setting', name),
  });
  const appBlocks = await createAppBlocks({ store, publish: (id) => publish('block', id) });
  const verification = createVerification({
    site,
    store,
    scopes,
    adminScopes,
    settings,
    appBlocks,
    changeFeed,
    useLimiter,
    cache: { capacity: options.capacity, maxAgeMs: options.maxAgeMs, monotonicNow },
    now,
    publish,
    report,
  });
  const { keys, adminKeys, oauthGrants, keyWatch, freshness, stop } = verification;
  if (metrics) {
    observeCaches(verification, metrics);
    metrics.gauge('valetkey_limits_shared', () => Number(useLimiter.isShared ?? false));
  }
  const verifier = observeVerifier(verification.verifier, { metrics, trace });
  const agents = extensions.find(({ agentResource }) => agentResource !== undefined);
  const provider: Provider = {
    site,
    basePath,
    paths: createPagePaths(basePath, options.pages),
    csrf,
    store,
    keys,
    verifier,
    freshness,
    adminKeys,
    oauthGrants,
    deviceLimits: createDeviceLimits(attemptLimiter),
    approvalLimits: createApprovalLimits({ createLimiter: attemptLimiter, settings, keys, oauthGrants, now }),
    settings,
    appBlocks,
    scopes,
    feeds: options.feeds ?? {},
    adminScopes,
    reportNotice,
    createLimiter: attemptLimiter,
    resourceMetadataUrl: extensions.some((extension) => extension.servesResourceMetadata)
      ? resourceMetadataUrl(site.baseUrl)
      : null,
    agentResource: agents?.agentResource ?? null,
    listAgentScopes: () => agents?.agentScopes?.(settings.current(), scopes) ?? null,
    hasToolsPage: extensions.some(({ servesToolsPage }) => servesToolsPage),
    now,
    randomBytes,
  };
  const extended = await Promise.all(extensions.map((extension) => extension.start(provider)));
  const findEndpoint = createFindEndpoint(basePath, options.pages, extended);
  const stopJobs = await startJobs(provider, report);
  const push = createPush(provider, { ...options.push, onFailure: onPushFailure });

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
      const named = { method: request.method, endpoint: found.pattern };
      const answered = observeRequest(named, options, () => answer(request, context, provider, found));
      return answered.then((response) => withCors(request, response, corsPolicy()));
    },
    serves: (request) =>
      findPreflightOrigin(request, corsPolicy()) !== null || findEndpoint(request) !== null,
    withCors: (request, response) => withCors(request, response, corsPolicy()),
    corsHeaders: (request) => corsHeaders(request, corsPolicy()),
    // Its users are those that `site.findUser` returned.
    authorize: ((request, route, context) =>
      authorize(request, route, context, provider)) as Api['authorize'],
    verify: provider.verifier.verify as Api['verify'],
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
    checkHealth: () => checkHealth({ store: options.store, freshness, useLimiter, monotonicNow }),
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
