import type { FeedDefinitions } from './feeds/feed.ts';
import type { AdminJudge } from './judge/admin-judge.ts';
import type { Judge } from './judge/judge.ts';
import type { AdminKeys } from './keys/admin-keys.ts';
import type { Keys } from './keys/keys.ts';
import type { DeviceLimits } from './limits/device-limits.ts';
import type { AdminScopeDefinitions } from './scopes/admin-scope.ts';
import type { ScopeDefinitions } from './scopes/scope.ts';
import type { SettingsRegistry } from './settings/settings.ts';
import type { Site } from './site.ts';
import type { Store } from './store/store.ts';

/** What every endpoint has at hand. Clock and randomness come from here and from nowhere else. */
export interface Provider {
  readonly site: Site;
  /** Path of the site's base URL without a slash at its end: '' or '/forum'. */
  readonly basePath: string;
  readonly store: Store;
  readonly keys: Keys;
  readonly judge: Judge;
  readonly adminKeys: AdminKeys;
  readonly adminJudge: AdminJudge;
  readonly deviceLimits: DeviceLimits;
  readonly settings: SettingsRegistry;
  readonly scopes: ScopeDefinitions;
  readonly feeds: FeedDefinitions;
  readonly adminScopes: AdminScopeDefinitions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
}
