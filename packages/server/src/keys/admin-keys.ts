import { digestOfHash } from '../judge/hash-key.ts';
import { UseLog } from '../limits/use-log.ts';
import { type AdminScopeDefinitions, adminPermissionsOf } from '../scopes/admin-scope.ts';
import type { MaybePromise } from '../site.ts';
import type { AdminKeyRecord, AdminKeyStore, NewAdminKey } from '../store/admin-key-store.ts';
import { createKeyCache, type KnownKey } from './key-cache.ts';
import { createLastUsed, type LastUsed } from './last-used.ts';

const MINUTE_MS = 60_000;

/** The store's admin keys with the judge's memory in front: every change goes through here, so that none is missed. */
export interface AdminKeys {
  findByHash(keyHash: string): MaybePromise<KnownKey<AdminKeyRecord> | null>;
  /** These two show last-used to the moment. */
  find(id: number): Promise<AdminKeyRecord | null>;
  list(): Promise<AdminKeyRecord[]>;
  create(key: NewAdminKey): Promise<AdminKeyRecord>;
  /** Null if there was nothing to revoke. Once this has answered, the key is refused. */
  revoke(id: number, revokedAt: number): Promise<AdminKeyRecord | null>;
  undoRevoke(id: number): Promise<AdminKeyRecord | null>;
  /** @see AdminKeyStore.deleteRevokedAdminKey */
  deleteRevoked(id: number): Promise<AdminKeyRecord | null>;
  /** @see AdminKeyStore.revokeUnusedAdminKeys */
  revokeUnused(unused: Parameters<AdminKeyStore['revokeUnusedAdminKeys']>[0]): Promise<number>;
  readonly lastUsed: LastUsed;
}

export function createAdminKeys(store: AdminKeyStore, definitions: AdminScopeDefinitions): AdminKeys {
  const cache = createKeyCache<AdminKeyRecord>({
    load: (keyHash) => store.findAdminKeyByHash(keyHash),
    permissionsOf: (record) => adminPermissionsOf(record, definitions),
    // They have no limit for the day, so nothing older than a minute need be known.
    createUseLog: () => new UseLog(MINUTE_MS),
  });
  const lastUsed = createLastUsed((touches) => store.touchAdminKeys(touches));

  async function changed(change: Promise<AdminKeyRecord | null>): Promise<AdminKeyRecord | null> {
    const record = await change;
    if (record) cache.forget(record.keyHash);
    return record;
  }

  return {
    lastUsed,
    findByHash: (keyHash) => cache.peek(digestOfHash(keyHash)) ?? cache.load(keyHash),
    async find(id) {
      await lastUsed.flush();
      return store.findAdminKey(id);
    },
    async list() {
      await lastUsed.flush();
      return store.listAdminKeys();
    },
    create: (key) => store.createAdminKey(key),
    revoke: (id, revokedAt) => changed(store.revokeAdminKey(id, revokedAt)),
    undoRevoke: (id) => changed(store.undoRevokeAdminKey(id)),
    deleteRevoked: (id) => changed(store.deleteRevokedAdminKey(id)),
    async revokeUnused(unused) {
      await lastUsed.flush();
      const revoked = await store.revokeUnusedAdminKeys(unused);
      for (const { keyHash } of revoked) cache.forget(keyHash);
      return revoked.length;
    },
  };
}
