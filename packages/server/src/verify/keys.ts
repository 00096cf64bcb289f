import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import { collectPages } from '../core/collect-pages.ts';
import type { KeyKind, KeyRecord, NewKey, VerifiedKey } from '../core/key/key-record.ts';
import type { MaybePromise } from '../core/maybe-promise.ts';
import { permissionsOf, type RoutePermission, type ScopeDefinitions } from '../core/scopes/scope.ts';
import type { KeyFilter, KeyPage, UndoOutcome } from '../ports/key-store.ts';
import type { RotationOutcome } from '../ports/personal-key-store.ts';
import type { Store } from '../ports/store.ts';
import { KeyCache, type KeyCacheOptions } from './key-cache.ts';
import { createUnstoredRevocations } from './unstored-revocations.ts';
import { createUserKeyLastUsed, type UserKeyLastUsed } from './user-key-last-used.ts';

/**
 * The user keys of the store, behind a cache. All key changes go through this interface: it invalidates the cache,
 * notifies the other nodes, and requires an audit event. Returned records have the last use, stored or not.
 */
export interface Keys {
  readonly cache: KeyCache<VerifiedKey>;
  readonly lastUsed: UserKeyLastUsed;
  /** Returns a key of another kind than `oauth`, whose ids are those of grants. */
  find(id: number): Promise<KeyRecord | null>;
  findByHash(keyHash: string): Promise<KeyRecord | null>;
  findUnrevoked(userId: string, kind: KeyKind, clientId: string): Promise<KeyRecord | null>;
  /** Returns all keys of a user, newest first, except those that were revoked before. @see KeyPage.revokedSince */
  list(userId: string, revokedSince?: number | null): Promise<KeyRecord[]>;
  /** Returns one page of the same. */
  listPage(userId: string, page: KeyPage): Promise<KeyRecord[]>;
  /** @see KeyStore.replaceKey */
  replace(key: NewKey, audit: AuditEventFactory<KeyRecord>, max?: number): Promise<KeyRecord>;
  /** Approves a grant and returns its key; null if there was nothing to approve. @see Store.approveGrant */
  approveGrant(...parameters: Required<Parameters<Store['approveGrant']>>): Promise<KeyRecord | null>;
  /** @see PersonalKeyStore.createPersonalKey */
  createPersonal(key: NewKey, max: number, audit: AuditEventFactory<KeyRecord>): Promise<KeyRecord | null>;
  /** @see PersonalKeyStore.renewKey */
  renew(...renewal: Required<Parameters<Store['renewKey']>>): Promise<KeyRecord | null>;
  /** @see PersonalKeyStore.rotateKey. After this has returned, the old key ends when it has to. */
  rotate(...rotation: Required<Parameters<Store['rotateKey']>>): Promise<RotationOutcome>;
  /** Call it after a change of keys by another interface: removes them from the cache, and notifies the other nodes. */
  forget(keyHashes: readonly string[]): Promise<void>;
  /** @see KeyStore.findKeys */
  findMatching(filter: KeyFilter): Promise<KeyRecord[]>;
  /** Renames a key. Returns false if there was nothing to rename. */
  rename(...renaming: Required<Parameters<Store['renameKey']>>): Promise<boolean>;
  /**
   * Revokes a key. Returns false if there was nothing to revoke. Once it resolves, the key is rejected.
   *
   * @throws ValetkeyError `revocation_not_stored`: this process rejects the key, but the store does not know it
   */
  revoke(
    id: number,
    revokedAt: number,
    audit: AuditEventFactory<KeyRecord>,
    reason?: 'revoked' | 'revoked_by_admin',
  ): Promise<boolean>;
  /** @see KeyStore.undoRevokeKey */
  undoRevoke(...undoing: Required<Parameters<Store['undoRevokeKey']>>): Promise<UndoOutcome>;
  /** @see KeyStore.revokeStaleKeys */
  revokeStale(...stale: Required<Parameters<Store['revokeStaleKeys']>>): ReturnType<Store['revokeStaleKeys']>;
  /**
   * Stores the client id that an app sent, with an audit event. Ignores the id of a registered client: no other client
   * may look like it.
   */
  saveSentClientId(
    record: Pick<KeyRecord, 'id' | 'clientId'>,
    sent: string,
    audit: AuditEventFactory<KeyRecord>,
  ): Promise<void>;
}

interface ScopeSet {
  readonly names: readonly string[];
  readonly permissions: readonly RoutePermission[];
}

/** The dependencies that both kinds of keys share. */
export interface KeysParts<Scopes> {
  readonly store: Store;
  readonly scopes: Scopes;
  readonly cache: KeyCacheOptions;
  readonly now: () => number;
  /** Notifies other nodes that the key with this hash has changed. Must not throw. */
  readonly publish: (keyHash: string) => MaybePromise<void>;
}

export function createKeys(parts: KeysParts<ScopeDefinitions>): Keys {
  const { store, scopes, cache: options, now, publish } = parts;
  const findByHash = async (keyHash: string): Promise<KeyRecord | null> =>
    (await store.findKeyByHash(keyHash)) ?? store.findOauthToken(keyHash);
  const scopeSets = new Map<string, ScopeSet>();
  const lastUsed = createUserKeyLastUsed(store, now);
  const cache = new KeyCache<VerifiedKey>({
    ...options,
    kind: 'key',
    load: async (keyHash) => {
      const record = await findByHash(keyHash);
      return record && toVerified(unstored.apply(record));
    },
    permissionsOf: (record) => shareScopes(record.scopes).permissions,
  });

  const unstored = createUnstoredRevocations<KeyRecord>({
    find: (id) => store.findKey(id),
    invalidate: (keyHash) => cache.invalidate(keyHash),
  });

  /** Keys with the same scopes share their arrays. */
  function shareScopes(names: readonly string[]): ScopeSet {
    const joined = names.join(',');
    let shared = scopeSets.get(joined);
    if (shared === undefined) {
      shared = { names, permissions: permissionsOf(names, scopes) };
      scopeSets.set(joined, shared);
    }
    return shared;
  }

  const toVerified = (record: KeyRecord): VerifiedKey => ({
    id: record.id,
    keyHash: record.keyHash,
    userId: record.userId,
    kind: record.kind,
    clientId: record.clientId,
    sentClientId: record.sentClientId,
    applicationName: record.applicationName,
    scopes: shareScopes(record.scopes).names,
    isUrlKey: record.isUrlKey,
    pushUrl: record.pushUrl,
    authRedirect: record.authRedirect,
    createdAt: record.createdAt,
    expiresAt: record.expiresAt,
    retiresAt: record.retiresAt,
    allowedIpAddresses: record.allowedIpAddresses,
    revokedAt: record.revokedAt,
    revokedReason: record.revokedReason,
    ...(record.resources && { resources: record.resources }),
  });

  const read = async (reading: Promise<KeyRecord | null>): Promise<KeyRecord | null> => {
    const record = await reading;
    return record && lastUsed.addTo(record);
  };

  /**
   * The cache is invalidated first and synchronously, so that no request runs between the change and the
   * invalidation.
   */
  async function forget(keyHashes: readonly string[]): Promise<void> {
    for (const keyHash of keyHashes) cache.invalidate(keyHash);
    for (const keyHash of keyHashes) await publish(keyHash);
  }

  const changed = (...records: readonly (KeyRecord | null)[]): Promise<void> =>
    forget(records.flatMap((record) => record?.keyHash ?? []));

  return {
    cache,
    lastUsed,
    forget,
    find: (id) => read(store.findKey(id)),
    findByHash: (keyHash) => read(findByHash(keyHash)),
    findUnrevoked: (...key) => read(store.findUnrevokedKey(...key)),
    async list(userId, revokedSince = 0) {
      const records = await collectPages((page) => store.listKeys(userId, { ...page, revokedSince }));
      return records.map(lastUsed.addTo);
    },
    listPage: async (...page) => (await store.listKeys(...page)).map(lastUsed.addTo),
    async replace(...replacing) {
      const { key, replaced } = await store.replaceKey(...replacing);
      await changed(...replaced);
      return key;
    },
    async approveGrant(...parameters) {
      const outcome = await store.approveGrant(...parameters);
      await changed(...(outcome?.replaced ?? []));
      return outcome?.key ?? null;
    },
    createPersonal: (...creating) => store.createPersonalKey(...creating),
    async renew(...renewal) {
      const renewed = await store.renewKey(...renewal);
      await changed(renewed);
      return renewed;
    },
    async rotate(...rotation) {
      const outcome = await store.rotateKey(...rotation);
      if (outcome.kind === 'rotated') await changed(outcome.retiring);
      return outcome;
    },
    findMatching: async (filter) => (await store.findKeys(filter)).map(lastUsed.addTo),
    async rename(...renaming) {
      const renamed = await store.renameKey(...renaming);
      await changed(renamed);
      return renamed !== null;
    },
    async revoke(id, revokedAt, audit, revokedReason = 'revoked') {
      const revoked = await unstored.revoke(id, { revokedAt, revokedReason }, () =>
        store.revokeKey(id, revokedAt, audit, revokedReason),
      );
      await changed(revoked);
      return revoked !== null;
    },
    async revokeStale(...stale) {
      // A key that was used just now must not count as unused.
      await lastUsed.flush();
      const batch = await store.revokeStaleKeys(...stale);
      await changed(...batch.revoked);
      return batch;
    },
    async undoRevoke(...undoing) {
      // Loaded before the change, so that nothing can fail between the change and the invalidation.
      const record = await store.findKey(undoing[0]);
      const outcome = await store.undoRevokeKey(...undoing);
      if (outcome === 'restored' && record) {
        unstored.forget(record.keyHash);
        await changed(record);
      }
      return outcome;
    },
    async saveSentClientId(record, sent, audit) {
      const isApproved = sent === record.clientId;
      if (!isApproved && (await store.findClient(sent))) return;
      await changed(await store.saveSentClientId(record.id, isApproved ? null : sent, audit));
    },
  };
}
