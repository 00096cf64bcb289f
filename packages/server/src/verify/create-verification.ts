import type { MaybePromise } from '../core/maybe-promise.ts';
import type { AdminScopeDefinitions } from '../core/scopes/admin-scope.ts';
import type { ScopeDefinitions } from '../core/scopes/scope.ts';
import { adminKeyLimits, deriveFromSettings, userKeyLimits } from '../core/use-limits.ts';
import type { Change, ChangeFeed } from '../ports/change-feed.ts';
import type { Site } from '../ports/site.ts';
import type { Store } from '../ports/store.ts';
import type { UseLimiter } from '../ports/use-limiter.ts';
import type { SettingsRegistry } from '../settings/settings.ts';
import { createAdminKeyPolicy } from './admin-key-policy.ts';
import { type AdminKeys, createAdminKeys } from './admin-keys.ts';
import type { AppBlocks } from './app-blocks.ts';
import { createFreshness, type Freshness, verifyWhenCurrent } from './freshness.ts';
import type { KeyCacheOptions } from './key-cache.ts';
import { createKeyWatch, type KeyWatch } from './key-watch.ts';
import { createKeys, type Keys } from './keys.ts';
import { createOauthGrants, type OauthGrants } from './oauth-grants.ts';
import { createUserKeyPolicy } from './user-key-policy.ts';
import { createVerifier, type Verifier } from './verifier.ts';

interface VerificationParts {
  readonly site: Pick<Site, 'baseUrl' | 'findUser' | 'findUserByUsername' | 'usersRevision'>;
  readonly store: Store;
  readonly scopes: ScopeDefinitions;
  readonly adminScopes: AdminScopeDefinitions;
  readonly settings: SettingsRegistry;
  readonly appBlocks: AppBlocks;
  readonly changeFeed: ChangeFeed;
  readonly useLimiter: UseLimiter;
  readonly cache: KeyCacheOptions;
  readonly now: () => number;
  /** Publishes a stored change. Must not throw. */
  readonly publish: (kind: Change['kind'], id: string) => MaybePromise<void>;
  /** Called if settings that another node changed cannot be loaded. */
  readonly report: (job: 'settings', error: unknown) => void;
}

/** The keys of a site and their verifier, connected to the change feed until `stop` is called. */
export interface Verification {
  readonly keys: Keys;
  readonly adminKeys: AdminKeys;
  readonly oauthGrants: OauthGrants;
  readonly verifier: Verifier;
  readonly keyWatch: Pick<KeyWatch, 'watch'>;
  readonly freshness: Freshness;
  stop(): void;
}

export function createVerification(parts: VerificationParts): Verification {
  const { site, store, scopes, settings, appBlocks, cache, now, publish } = parts;
  const keys = createKeys({ store, scopes, cache, now, publish: (keyHash) => publish('key', keyHash) });
  const adminKeys = createAdminKeys({
    store,
    scopes: parts.adminScopes,
    cache,
    now,
    publish: (keyHash) => publish('admin_key', keyHash),
  });
  const userPolicy = createUserKeyPolicy({
    keys,
    site,
    scopes,
    blocks: appBlocks.current,
    limits: deriveFromSettings(settings.current, userKeyLimits),
    now,
  });
  const adminPolicy = createAdminKeyPolicy({
    keys: adminKeys,
    site,
    scopes: parts.adminScopes,
    limits: deriveFromSettings(settings.current, adminKeyLimits),
    allowsOtherOrigins: () => settings.current().cors_allow_admin_api_keys,
  });
  const freshness = createFreshness({
    ...parts,
    settings: {
      async reload() {
        // The blocks first: an invalid setting must not keep a blocked app at work.
        await appBlocks.reload();
        await settings.reload();
      },
    },
  });
  const decide = createVerifier({
    userKeys: userPolicy,
    adminKeys: adminPolicy,
    limiter: parts.useLimiter,
    now,
    monotonicNow: cache.monotonicNow,
  });

  const verifier = verifyWhenCurrent(decide, freshness);
  const keyWatch = createKeyWatch({ verifier, now });

  const unsubscribe = parts.changeFeed.subscribe(
    ({ kind, id }) => {
      if (kind === 'key') keys.cache.invalidate(id);
      else if (kind === 'admin_key') adminKeys.cache.invalidate(id);
      else if (kind === 'user') userPolicy.forgetUsers();
      else if (kind === 'setting' || kind === 'block') void freshness.reloadSettings();
      // After the caches: the state of the keys is loaded again.
      if (kind === 'key' || kind === 'admin_key') keyWatch.keyChanged(id);
      else if (kind === 'user' || kind === 'block') keyWatch.anyChanged();
    },
    () => {
      keys.cache.clear();
      adminKeys.cache.clear();
      userPolicy.forgetUsers();
      void freshness.reloadSettings();
      keyWatch.anyChanged();
    },
  );
  const stop = () => {
    unsubscribe();
    keyWatch.stop();
  };
  const oauthGrants = createOauthGrants({ store, keys, now });
  return { keys, adminKeys, oauthGrants, verifier, keyWatch, freshness, stop };
}
