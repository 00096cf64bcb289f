import type { MaybePromise } from './core/maybe-promise.ts';
import type { Notice } from './core/notices/notice.ts';
import type { AdminScopeDefinitions } from './core/scopes/admin-scope.ts';
import type { ScopeDefinitions } from './core/scopes/scope.ts';
import type { SettingDefaults } from './core/settings/setting-table.ts';
import type { Extension } from './http/extension.ts';
import type { FeedDefinitions } from './issue/feeds/feed.ts';
import type { JobFailure } from './jobs/start-jobs.ts';
import type { Metrics } from './observe/metrics.ts';
import type { Trace } from './observe/trace.ts';
import type { CreateAttemptLimiter } from './ports/attempt-limiter.ts';
import type { ChangeFeed } from './ports/change-feed.ts';
import type { PageMounts } from './ports/page-paths.ts';
import type { Site, SiteUser } from './ports/site.ts';
import type { Store } from './ports/store.ts';
import type { UseLimiter } from './ports/use-limiter.ts';
import type { PushOptions } from './push/create-push.ts';

/**
 * The options of `createValetkey`.
 *
 * @typeParam Native the framework's own request, as the site passes it in `RequestContext.native`
 * @typeParam User the site's own user type
 */
export interface ValetkeyOptions<Native = unknown, User extends SiteUser = SiteUser> {
  readonly site: Site<Native, User>;
  readonly store: Store;
  /** The scopes that clients can request. @default `defaultScopes`: `read` and `write` */
  readonly scopes?: ScopeDefinitions;
  /**
   * The feeds that users can subscribe to in calendars and feed readers. @default none
   */
  readonly feeds?: FeedDefinitions;
  /** The scopes of granular admin keys (PROTOCOL.md#scopes-of-an-admin-key). @default none */
  readonly adminScopes?: AdminScopeDefinitions;
  /**
   * The values of settings that no admin has changed. Rejected at the start if invalid. @default every user may approve apps,
   * which may request every scope of `scopes`
   */
  readonly settingDefaults?: SettingDefaults;
  /**
   * The prefixes of the pages for users and for admins; `false` disables them. The endpoints of PROTOCOL.md do not
   * move. @default `/account` and `/admin`
   */
  readonly pages?: PageMounts;
  /** Packages that add endpoints, such as `@valetkey/oauth`. @default none */
  readonly extensions?: readonly Extension[];
  /** How notifications are pushed to clients (PROTOCOL.md#push). */
  readonly push?: PushOptions;
  /** Notifies all nodes of a site of changes. @default the feed of the store, else this process only */
  readonly changeFeed?: ChangeFeed;
  /** Counts the uses of keys. @default in the memory of this process */
  readonly useLimiter?: UseLimiter;
  /** Counts approvals, and attempts in the device flow. @default in the memory of this process */
  readonly attemptLimiter?: CreateAttemptLimiter;
  /** The maximum number of cached keys of each kind. @default 200,000 */
  readonly capacity?: number;
  /** A cached key is loaded again after this many milliseconds, even without a change. @default never */
  readonly maxAgeMs?: number;
  /**
   * Called for each failed job, to log or count it: storing last-used, deleting expired grants, revoking stale keys,
   * publishing changes.
   */
  readonly onJobFailure?: ((failure: JobFailure) => void) | undefined;
  /**
   * Called for each notice to a user about a new key, a revocation by somebody else, and the expiry of a personal key, to mail or show
   * it (PROTOCOL.md#notices). Called after the change is stored, and not awaited. @default no notices
   */
  readonly onNotice?: ((notice: Notice) => MaybePromise<void>) | undefined;
  /** Counts verifications, store calls and failures, see `createMetrics`. @default nothing is counted */
  readonly metrics?: Metrics | undefined;
  /** Runs verifications, store calls and endpoints within spans. @default no spans */
  readonly trace?: Trace | undefined;
  /** Milliseconds since 1970. @default the system clock */
  readonly now?: () => number;
  /**
   * Monotonic milliseconds for rate limits, which must not depend on changes to the clock. @default `now` if set,
   * else the monotonic clock of the system
   */
  readonly monotonicNow?: () => number;
  /** @default the system's cryptographic randomness */
  readonly randomBytes?: (count: number) => Uint8Array;
}
