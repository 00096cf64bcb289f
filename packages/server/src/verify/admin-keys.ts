import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import { collectPages } from '../core/collect-pages.ts';
import type { AdminKeyRecord, NewAdminKey } from '../core/key/admin-key-record.ts';
import { type AdminScopeDefinitions, adminPermissionsOf } from '../core/scopes/admin-scope.ts';
import type { AdminKeyStore } from '../ports/admin-key-store.ts';
import { KeyCache } from './key-cache.ts';
import type { LastUsed } from './last-used.ts';

const MINUTE_MS = 60_000;

/**
 * The store's admin keys with the judge's memory in front: every change goes through here, so that none is missed, and none without
 * what is written down of it.
 */
export interface AdminKeys {
  /** What the judge asks on every request. */
  readonly cache: KeyCache<AdminKeyRecord>;
  /** These two show last-used to the moment. */
  find(id: number): Promise<AdminKeyRecord | null>;
  list(): Promise<AdminKeyRecord[]>;
  create(key: NewAdminKey, audit: AuditEventFactory<AdminKeyRecord>): Promise<AdminKeyRecord>;
  /** Null if there was nothing to revoke. Once this has answered, the key is refused. */
  revoke(
    id: number,
    revokedAt: number,
    audit: AuditEventFactory<AdminKeyRecord>,
  ): Promise<AdminKeyRecord | null>;
  undoRevoke(
    id: number,
    restoredAt: number,
    audit: AuditEventFactory<AdminKeyRecord>,
  ): Promise<AdminKeyRecord | null>;
  /** @see AdminKeyStore.deleteRevokedAdminKey */
  deleteRevoked(id: number, audit: AuditEventFactory<AdminKeyRecord>): Promise<AdminKeyRecord | null>;
  /** @see AdminKeyStore.revokeUnusedAdminKeys */
  revokeUnused(
    ...unused: Required<Parameters<AdminKeyStore['revokeUnusedAdminKeys']>>
  ): ReturnType<AdminKeyStore['revokeUnusedAdminKeys']>;
  readonly lastUsed: LastUsed;
}

export function createAdminKeys(store: AdminKeyStore, definitions: AdminScopeDefinitions): AdminKeys {
  const cache = new KeyCache<AdminKeyRecord>({
    load: (keyHash) => store.findAdminKeyByHash(keyHash),
    permissionsOf: (record) => adminPermissionsOf(record, definitions),
    // They have no limit for the day, so nothing older than a minute need be known.
    rememberedMs: MINUTE_MS,
    write: (touches) => store.recordAdminKeysUsed(touches),
  });
  const { lastUsed } = cache;

  async function changed(change: Promise<AdminKeyRecord | null>): Promise<AdminKeyRecord | null> {
    const record = await change;
    if (record) cache.forget(record.keyHash);
    return record;
  }

  return {
    cache,
    lastUsed,
    async find(id) {
      await lastUsed.flush();
      return store.findAdminKey(id);
    },
    async list() {
      await lastUsed.flush();
      return collectPages((page) => store.listAdminKeys(page));
    },
    create: (...making) => store.createAdminKey(...making),
    revoke: (...revoking) => changed(store.revokeAdminKey(...revoking)),
    undoRevoke: (...undoing) => changed(store.undoRevokeAdminKey(...undoing)),
    deleteRevoked: (...deleting) => changed(store.deleteRevokedAdminKey(...deleting)),
    async revokeUnused(...unused) {
      await lastUsed.flush();
      const batch = await store.revokeUnusedAdminKeys(...unused);
      for (const { keyHash } of batch.revoked) cache.forget(keyHash);
      return batch;
    },
  };
}
