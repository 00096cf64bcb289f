import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import { collectPages } from '../core/collect-pages.ts';
import type { KeyKind, KeyRecord, NewKey } from '../core/key/key-record.ts';
import { permissionsOf, type RoutePermission, type ScopeDefinitions } from '../core/scopes/scope.ts';
import type { UndoOutcome } from '../ports/key-store.ts';
import type { RotationOutcome } from '../ports/personal-key-store.ts';
import type { Store } from '../ports/store.ts';
import { KeyCache } from './key-cache.ts';
import type { LastUsed } from './last-used.ts';

/**
 * The store's keys with the judge's memory in front: every change goes through here, so that none is missed, and none without
 * what is written down of it.
 */
export interface Keys {
  /** What the judge asks on every request. */
  readonly cache: KeyCache;
  /** These three show last-used to the moment. */
  find(id: number): Promise<KeyRecord | null>;
  findUnrevoked(userId: string, kind: KeyKind, clientId: string): Promise<KeyRecord | null>;
  /** Returns all keys of a user, newest first, without those that were revoked before. @see KeyPage.revokedSince */
  list(userId: string, revokedSince?: number | null): Promise<KeyRecord[]>;
  replace(key: NewKey, audit: AuditEventFactory<KeyRecord>): Promise<KeyRecord>;
  /** The key of a grant that is approved with it; null if there was nothing to approve. @see Store.approveGrant */
  approveGrant(...parameters: Required<Parameters<Store['approveGrant']>>): Promise<KeyRecord | null>;
  /** @see PersonalKeyStore.createPersonalKey */
  createPersonal(key: NewKey, max: number, audit: AuditEventFactory<KeyRecord>): Promise<KeyRecord | null>;
  /** @see PersonalKeyStore.rotateKey. Once this has answered, the old key ends when it has to. */
  rotate(...rotation: Required<Parameters<Store['rotateKey']>>): Promise<RotationOutcome>;
  /** False if there was nothing to revoke. Once this has answered, the key is refused. */
  revoke(id: number, revokedAt: number, audit: AuditEventFactory<KeyRecord>): Promise<boolean>;
  /** @see KeyStore.undoRevokeKey */
  undoRevoke(...undoing: Required<Parameters<Store['undoRevokeKey']>>): Promise<UndoOutcome>;
  /** @see KeyStore.revokeStaleKeys */
  revokeStale(...stale: Required<Parameters<Store['revokeStaleKeys']>>): ReturnType<Store['revokeStaleKeys']>;
  renameClient(record: KeyRecord, clientId: string): Promise<void>;
  readonly lastUsed: LastUsed;
}

/** @param capacity how many keys are remembered; as many as `KeyCache` says, if left out */
export function createKeys(store: Store, definitions: ScopeDefinitions, capacity?: number): Keys {
  const permissionSets = new Map<string, readonly RoutePermission[]>();
  const cache = new KeyCache<KeyRecord>({
    load: (keyHash) => store.findKeyByHash(keyHash),
    permissionsOf: ({ scopes }) => sharedPermissions(scopes),
    write: (touches) => store.recordKeysUsed(touches),
    ...(capacity !== undefined && { capacity }),
  });
  const { lastUsed } = cache;
  // One array for all keys of the same scopes, asked for in whatever order: it stays near, however many keys there are.
  function sharedPermissions(scopes: readonly string[]): readonly RoutePermission[] {
    const name = scopes.toSorted().join(',');
    const shared = permissionSets.get(name) ?? permissionsOf(scopes, definitions);
    permissionSets.set(name, shared);
    return shared;
  }

  function replaced(outcome: Awaited<ReturnType<Store['replaceKey']>>): KeyRecord {
    if (outcome.replaced) cache.forget(outcome.replaced.keyHash);
    return outcome.key;
  }

  return {
    cache,
    lastUsed,
    async find(id) {
      await lastUsed.flush();
      return store.findKey(id);
    },
    async findUnrevoked(userId, kind, clientId) {
      await lastUsed.flush();
      return store.findUnrevokedKey(userId, kind, clientId);
    },
    async list(userId, revokedSince = 0) {
      await lastUsed.flush();
      return collectPages((page) => store.listKeys(userId, { ...page, revokedSince }));
    },
    async replace(newKey, audit) {
      return replaced(await store.replaceKey(newKey, audit));
    },
    async approveGrant(...parameters) {
      const outcome = await store.approveGrant(...parameters);
      return outcome && replaced(outcome);
    },
    createPersonal: (...making) => store.createPersonalKey(...making),
    async rotate(...rotation) {
      const outcome = await store.rotateKey(...rotation);
      if (outcome.kind === 'rotated') cache.forget(outcome.retiring.keyHash);
      return outcome;
    },
    async revoke(...revoking) {
      const revoked = await store.revokeKey(...revoking);
      if (revoked) cache.forget(revoked.keyHash);
      return revoked !== null;
    },
    async revokeStale(...stale) {
      await lastUsed.flush();
      const batch = await store.revokeStaleKeys(...stale);
      for (const { keyHash } of batch.revoked) cache.forget(keyHash);
      return batch;
    },
    async undoRevoke(...undoing) {
      // Asked before, so that nothing can fail between the change and the forgetting.
      const record = await store.findKey(undoing[0]);
      const outcome = await store.undoRevokeKey(...undoing);
      if (record && outcome === 'restored') cache.forget(record.keyHash);
      return outcome;
    },
    async renameClient(record, clientId) {
      if (await store.changeClientId(record.id, clientId)) cache.forget(record.keyHash);
    },
  };
}
