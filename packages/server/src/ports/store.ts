import type { AdminKeyStore } from './admin-key-store.ts';
import type { AppBlockStore } from './app-block-store.ts';
import type { AuditStore } from './audit-store.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { ClientIconStore } from './client-icon-store.ts';
import type { ClientStore } from './client-store.ts';
import type { GrantStore } from './grant-store.ts';
import type { KeyStore } from './key-store.ts';
import type { KeyUseStore } from './key-use-store.ts';
import type { OauthClientStore } from './oauth-client-store.ts';
import type { OauthGrantSearch } from './oauth-grant-search.ts';
import type { OauthGrantStore } from './oauth-grant-store.ts';
import type { OneTimePasswordStore } from './one-time-password-store.ts';
import type { PersonalKeyStore } from './personal-key-store.ts';
import type { PushStore } from './push-store.ts';
import type { SettingStore } from './setting-store.ts';
import type { SigningKeyStore } from './signing-key-store.ts';

/**
 * Everything that Valetkey stores. Each method is atomic: it takes effect completely or not at all, even if the process
 * crashes. Its result is durable once the promise resolves. Every implementation passes `storeConformance` from
 * `@valetkey/conformance`.
 *
 * Most methods that change a record take an `AuditEventFactory`, the parameter `audit`. The change and its event share a
 * transaction. All records with audit events are therefore in one database with the audit log. Pushes and signing keys
 * have no audit events and may be stored elsewhere.
 *
 * Every method throws `ValetkeyError` `store_unavailable` if the database cannot be used now; nothing has changed then.
 *
 * @example
 * ```ts
 * // Pushes in a database of their own, everything else in the SQLite file.
 * const store: Store = { ...createSqliteStore({ path: 'valetkey.sqlite' }), ...pushes };
 * ```
 */
export interface Store
  extends AdminKeyStore,
    AppBlockStore,
    AuditStore,
    ClientIconStore,
    ClientStore,
    GrantStore,
    KeyStore,
    OauthClientStore,
    OauthGrantStore,
    OauthGrantSearch,
    KeyUseStore,
    OneTimePasswordStore,
    PersonalKeyStore,
    PushStore,
    SettingStore,
    SigningKeyStore {
  /**
   * The feed of a store for several nodes. The store records each change of a key, admin key, setting, client or block in the
   * same transaction, for the feed. @default none
   */
  readonly changeFeed?: ChangeFeed;
  close(): Promise<void>;
}
