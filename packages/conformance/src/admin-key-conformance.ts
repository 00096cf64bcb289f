import { deepEqual, equal, rejects } from 'node:assert/strict';
import type { RecordPage } from '@valetkey/server';
import { firstBatch, newAdminKey, type StorePromise } from './conformance-fixtures.ts';

/** The promises of `AdminKeyStore`. */
export const adminKeyPromises: readonly StorePromise[] = [
  [
    'createAdminKey: stores an admin key that is found by hash, by id and in the list',
    async (store) => {
      const scopes = [{ scopeId: 'topics:write', parameters: { topic_id: ['7', "'; DROP TABLE x; --"] } }];
      const asked = newAdminKey({ userId: 'alice', scopeMode: 'granular', scopes });
      const key = await store.createAdminKey(asked);
      deepEqual(key, { ...asked, id: key.id, lastUsedAt: null, revokedAt: null, restoredAt: null });
      const second = await store.createAdminKey(newAdminKey());
      deepEqual(await store.findAdminKeyByHash(asked.keyHash), key);
      deepEqual(await store.findAdminKey(key.id), key);
      deepEqual(await store.listAdminKeys(), [second, key]);
      equal(second.userId, null);
    },
  ],
  [
    'AdminKeyStore: is separate from user keys, and returns null for an unknown admin key',
    async (store) => {
      const { keyHash, id } = await store.createAdminKey(newAdminKey());
      equal(await store.findKeyByHash(keyHash), null);
      equal(await store.findAdminKeyByHash('f'.repeat(64)), null);
      equal(await store.findAdminKey(id + 99), null);
      equal(await store.revokeAdminKey(id + 99, 1), null);
      equal(await store.undoRevokeAdminKey(id + 99, 1), null);
      equal(await store.deleteRevokedAdminKey(id + 99), null);
    },
  ],
  [
    'createAdminKey: rejects a hash that exists',
    async (store) => {
      const { keyHash } = await store.createAdminKey(newAdminKey());
      await rejects(store.createAdminKey(newAdminKey({ keyHash })));
      equal((await store.listAdminKeys()).length, 1);
    },
  ],
  [
    'revokeAdminKey and undoRevokeAdminKey: succeed for one of ten concurrent calls',
    async (store) => {
      const key = await store.createAdminKey(newAdminKey());
      const race = <T>(work: () => Promise<T | null>) =>
        Promise.all(Array.from({ length: 10 }, work)).then((all) => all.filter((one) => one !== null));
      const revoked = await race(() => store.revokeAdminKey(key.id, 77));
      deepEqual(revoked, [{ ...key, revokedAt: 77 }]);
      const restored = await race(() => store.undoRevokeAdminKey(key.id, 80));
      deepEqual(restored, [{ ...key, restoredAt: 80 }]);
      deepEqual(await store.findAdminKey(key.id), restored[0]);
    },
  ],
  [
    'deleteRevokedAdminKey: deletes a revoked key, never an active one, and its id is not reused',
    async (store) => {
      const key = await store.createAdminKey(newAdminKey());
      equal(await store.deleteRevokedAdminKey(key.id), null);
      deepEqual(await store.findAdminKey(key.id), key);
      await store.revokeAdminKey(key.id, 5);
      const [restored, deleted] = await Promise.all([
        store.undoRevokeAdminKey(key.id, 80),
        store.deleteRevokedAdminKey(key.id),
      ]);
      equal((restored === null) !== (deleted === null), true, 'one of the two came first');
      await store.revokeAdminKey(key.id, 6);
      await store.deleteRevokedAdminKey(key.id);
      equal(await store.findAdminKeyByHash(key.keyHash), null);
      equal((await store.createAdminKey(newAdminKey())).id === key.id, false);
    },
  ],
  [
    'revokeUnusedAdminKeys: returns each unused key to one of three concurrent calls',
    async (store) => {
      const unused = await store.createAdminKey(newAdminKey({ createdAt: 10 }));
      const used = await store.createAdminKey(newAdminKey({ createdAt: 10 }));
      const fresh = await store.createAdminKey(newAdminKey({ createdAt: 50 }));
      await store.recordAdminKeysUsed([{ id: used.id, usedAt: 80 }]);
      const unusedKeys = { unusedSince: 50, revokedAt: 100, ...firstBatch };
      const sweep = async () => (await store.revokeUnusedAdminKeys(unusedKeys)).revoked;
      const swept = (await Promise.all([sweep(), sweep(), sweep()])).flat();
      deepEqual(swept, [{ ...unused, revokedAt: 100 }]);
      for (const { id } of [used, fresh]) equal((await store.findAdminKey(id))?.revokedAt, null);
      await store.undoRevokeAdminKey(unused.id, 60);
      deepEqual(await sweep(), [], 'a restored key counts as used');
    },
  ],
  [
    'recordAdminKeysUsed: ignores unknown ids and earlier uses',
    async (store) => {
      const { id } = await store.createAdminKey(newAdminKey());
      await store.recordAdminKeysUsed([
        { id, usedAt: 500 },
        { id: id + 99, usedAt: 500 },
      ]);
      await store.recordAdminKeysUsed([{ id, usedAt: 400 }]);
      await store.recordAdminKeysUsed([]);
      equal((await store.findAdminKey(id))?.lastUsedAt, 500);
    },
  ],
  [
    'listAdminKeys and revokeUnusedAdminKeys: work page by page and batch by batch',
    async (store) => {
      const ids: number[] = [];
      for (let index = 0; index < 3; index += 1)
        ids.push((await store.createAdminKey(newAdminKey({ createdAt: 10 }))).id);
      const [first = 0, second = 0, third = 0] = ids;
      const idsOf = async (page: RecordPage) => (await store.listAdminKeys(page)).map(({ id }) => id);
      deepEqual(await idsOf({ limit: 2 }), [third, second]);
      deepEqual(await idsOf({ beforeId: second, limit: 2 }), [first]);
      const unused = { unusedSince: 50, revokedAt: 100, limit: 2 };
      const batch = await store.revokeUnusedAdminKeys({ ...unused, afterId: 0 });
      deepEqual([batch.revoked.length, batch.lastId], [2, second]);
      const rest = await store.revokeUnusedAdminKeys({ ...unused, afterId: second });
      deepEqual([rest.revoked.map(({ id }) => id), rest.lastId], [[third], null]);
    },
  ],
];
