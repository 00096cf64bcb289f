import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import { collectPages } from '../core/collect-pages.ts';
import type { AdminKeyRecord, NewAdminKey } from '../core/key/admin-key-record.ts';
import { isLaterUse, notInFuture } from '../core/key/last-use.ts';
import { type AdminScopeDefinitions, adminPermissionsOf } from '../core/scopes/admin-scope.ts';
import type { AdminKeyStore } from '../ports/admin-key-store.ts';
import type { RecordPage } from '../ports/record-batch.ts';
import { KeyCache } from './key-cache.ts';
import type { KeysParts } from './keys.ts';
import { createLastUsed, type LastUsed } from './last-used.ts';
import { createUnstoredRevocations } from './unstored-revocations.ts';

/** The admin keys of the store, behind a cache; see `Keys`. */
export interface AdminKeys {
  readonly cache: KeyCache<AdminKeyRecord>;
  readonly lastUsed: LastUsed;
  find(id: number): Promise<AdminKeyRecord | null>;
  list(): Promise<AdminKeyRecord[]>;
  /** Returns one page of the same, newest first. */
  listPage(page: RecordPage): Promise<AdminKeyRecord[]>;
  create(key: NewAdminKey, audit: AuditEventFactory<AdminKeyRecord>): Promise<AdminKeyRecord>;
  /**
   * Revokes a key. Returns null if there was nothing to revoke. Once it resolves, the key is rejected.
   *
   * @throws ValetkeyError `revocation_not_stored`: this process rejects the key, but the store does not know it
   */
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
}

export function createAdminKeys(parts: KeysParts<AdminScopeDefinitions>): AdminKeys {
  const { store, scopes, now, publish } = parts;
  const lastUsed = createLastUsed((uses) => store.recordAdminKeysUsed(uses));
  const cache = new KeyCache<AdminKeyRecord>({
    ...parts.cache,
    kind: 'admin',
    load: async (keyHash) => {
      const record = await store.findAdminKeyByHash(keyHash);
      return record && unstored.apply(record);
    },
    permissionsOf: (record) => adminPermissionsOf(record, scopes),
  });

  const unstored = createUnstoredRevocations<AdminKeyRecord>({
    find: (id) => store.findAdminKey(id),
    invalidate: (keyHash) => cache.invalidate(keyHash),
  });

  function withLastUse(record: AdminKeyRecord): AdminKeyRecord {
    const use = lastUsed.find(record.id);
    const isLater = use !== null && isLaterUse(use.usedAt, record.lastUsedAt);
    return notInFuture(isLater ? { ...record, lastUsedAt: use.usedAt } : record, now());
  }

  async function changing(change: Promise<AdminKeyRecord | null>): Promise<AdminKeyRecord | null> {
    const record = await change;
    if (record) await changed(record);
    return record && withLastUse(record);
  }

  async function changed(...records: readonly AdminKeyRecord[]): Promise<void> {
    for (const { keyHash } of records) cache.invalidate(keyHash);
    for (const { keyHash } of records) await publish(keyHash);
  }

  return {
    cache,
    lastUsed,
    async find(id) {
      const record = await store.findAdminKey(id);
      return record && withLastUse(record);
    },
    list: async () => (await collectPages((page) => store.listAdminKeys(page))).map(withLastUse),
    listPage: async (page) => (await store.listAdminKeys(page)).map(withLastUse),
    create: (...creating) => store.createAdminKey(...creating),
    revoke: (id, revokedAt, audit) =>
      changing(unstored.revoke(id, { revokedAt }, () => store.revokeAdminKey(id, revokedAt, audit))),
    async undoRevoke(...undoing) {
      const restored = await store.undoRevokeAdminKey(...undoing);
      if (restored) unstored.forget(restored.keyHash);
      return changing(Promise.resolve(restored));
    },
    deleteRevoked: (...deleting) => changing(store.deleteRevokedAdminKey(...deleting)),
    async revokeUnused(...unused) {
      await lastUsed.flush();
      const batch = await store.revokeUnusedAdminKeys(...unused);
      await changed(...batch.revoked);
      return batch;
    },
  };
}
