import { UseLog } from '../limits/use-log.ts';
import { permissionsOf, type RoutePermission, type ScopeDefinitions } from '../scopes/scope.ts';
import type { KeyKind, KeyRecord, NewKey, Store, UndoOutcome } from '../store/store.ts';
import { createKeyCache, type KnownKey } from './key-cache.ts';
import { createLastUsed, type LastUsed } from './last-used.ts';

/** The store's keys with the judge's memory in front: every change goes through here, so that none is missed. */
export interface Keys {
  /** At once and without a promise, if the key was seen before. @param digest `digestKey` of the key */
  peek(digest: string): KnownKey | null;
  load(keyHash: string): Promise<KnownKey | null>;
  /** These three show last-used to the moment. */
  find(id: number): Promise<KeyRecord | null>;
  findUnrevoked(userId: string, kind: KeyKind, clientId: string): Promise<KeyRecord | null>;
  list(userId: string): Promise<KeyRecord[]>;
  replace(key: NewKey): Promise<KeyRecord>;
  /** The key of a grant that is approved with it; null if there was nothing to approve. @see Store.approveGrant */
  approveGrant(...parameters: Parameters<Store['approveGrant']>): Promise<KeyRecord | null>;
  /** False if there was nothing to revoke. Once this has answered, the key is refused. */
  revoke(id: number, revokedAt: number): Promise<boolean>;
  undoRevoke(id: number): Promise<UndoOutcome>;
  /** @see Store.revokeStaleKeys */
  revokeStale(stale: Parameters<Store['revokeStaleKeys']>[0]): Promise<number>;
  renameClient(record: KeyRecord, clientId: string): Promise<void>;
  readonly lastUsed: LastUsed;
}

export function createKeys(store: Store, definitions: ScopeDefinitions): Keys {
  const permissionSets = new Map<string, readonly RoutePermission[]>();
  const cache = createKeyCache<KeyRecord>({
    load: (keyHash) => store.findKeyByHash(keyHash),
    permissionsOf: ({ scopes }) => sharedPermissions(scopes),
    createUseLog: () => new UseLog(),
  });
  // One array for all keys of the same scopes: it stays near, however many keys there are.
  function sharedPermissions(scopes: readonly string[]): readonly RoutePermission[] {
    const name = scopes.join(',');
    const shared = permissionSets.get(name) ?? permissionsOf(scopes, definitions);
    permissionSets.set(name, shared);
    return shared;
  }
  const lastUsed = createLastUsed((touches) => store.touchKeys(touches));

  function replaced(outcome: Awaited<ReturnType<Store['replaceKey']>>): KeyRecord {
    if (outcome.replaced) cache.forget(outcome.replaced.keyHash);
    return outcome.key;
  }

  return {
    lastUsed,
    peek: cache.peek,
    load: cache.load,
    async find(id) {
      await lastUsed.flush();
      return store.findKey(id);
    },
    async findUnrevoked(userId, kind, clientId) {
      await lastUsed.flush();
      return store.findUnrevokedKey(userId, kind, clientId);
    },
    async list(userId) {
      await lastUsed.flush();
      return store.listKeys(userId);
    },
    async replace(newKey) {
      return replaced(await store.replaceKey(newKey));
    },
    async approveGrant(...parameters) {
      const outcome = await store.approveGrant(...parameters);
      return outcome && replaced(outcome);
    },
    async revoke(id, revokedAt) {
      const revoked = await store.revokeKey(id, revokedAt);
      if (revoked) cache.forget(revoked.keyHash);
      return revoked !== null;
    },
    async revokeStale(stale) {
      await lastUsed.flush();
      const revoked = await store.revokeStaleKeys(stale);
      for (const { keyHash } of revoked) cache.forget(keyHash);
      return revoked.length;
    },
    async undoRevoke(id) {
      const outcome = await store.undoRevokeKey(id);
      const record = outcome === 'restored' ? await store.findKey(id) : null;
      if (record) cache.forget(record.keyHash);
      return outcome;
    },
    async renameClient(record, clientId) {
      if (await store.renameClient(record.id, clientId)) cache.forget(record.keyHash);
    },
  };
}
