import { deepEqual, equal } from 'node:assert/strict';
import type { Store } from '@valetkey/server';
import { firstBatch, newKey, type StorePromise, undoing } from './conformance-fixtures.ts';

/** The promises of `KeyStore` about keys that are revoked, restored, expired and deleted. */
export const revokedKeyPromises: readonly StorePromise[] = [
  [
    'revokeKey: succeeds for one of ten concurrent calls',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => store.revokeKey(key.id, 77)));
      equal(outcomes.filter((outcome) => outcome !== null).length, 1);
      const stored = await store.findKeyByHash(key.keyHash);
      equal(stored?.revokedAt, 77);
      equal(stored?.revokedReason, 'revoked');
    },
  ],
  [
    'revokeKey: an admin’s revocation takes precedence over the owner’s, and over no other',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      await store.revokeKey(key.id, 5);
      const again = await store.revokeKey(key.id, 7, undefined, 'revoked_by_admin');
      deepEqual([again?.revokedAt, again?.revokedReason], [7, 'revoked_by_admin']);
      equal(await store.undoRevokeKey(key.id, { ...undoing, reason: 'revoked' }), 'not_revoked');
      for (const reason of ['revoked', 'revoked_by_admin'] as const)
        equal(await store.revokeKey(key.id, 9, undefined, reason), null);
      equal((await store.findKey(key.id))?.revokedAt, 7);
      const { key: replaced } = await store.replaceKey(newKey({ clientId: 'other' }));
      await store.replaceKey(newKey({ clientId: 'other' }));
      equal(await store.revokeKey(replaced.id, 9, undefined, 'revoked_by_admin'), null);
    },
  ],
  [
    'undoRevokeKey: with a reason, undoes only a revocation for that reason',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      await store.revokeKey(key.id, 5, undefined, 'revoked_by_admin');
      equal((await store.findKey(key.id))?.revokedReason, 'revoked_by_admin');
      equal(await store.undoRevokeKey(key.id, { ...undoing, reason: 'revoked' }), 'not_revoked');
      equal(await store.undoRevokeKey(key.id, { ...undoing, reason: 'revoked_by_admin' }), 'restored');
    },
  ],
  [
    'undoRevokeKey: restores a revoked key, but not a replaced one',
    async (store) => {
      const first = (await store.replaceKey(newKey())).key;
      equal(await store.undoRevokeKey(first.id, undoing), 'not_revoked');
      await store.revokeKey(first.id, 5);
      equal(await store.undoRevokeKey(first.id, undoing), 'restored');
      deepEqual(await store.findKey(first.id), { ...first, restoredAt: undoing.restoredAt });
      await store.replaceKey(newKey());
      equal(await store.undoRevokeKey(first.id, undoing), 'was_replaced');
    },
  ],
  [
    'undoRevokeKey: rejects a key if a newer one has the same user, kind and client',
    async (store) => {
      const first = (await store.replaceKey(newKey())).key;
      await store.revokeKey(first.id, 5);
      await store.replaceKey(newKey());
      equal(await store.undoRevokeKey(first.id, undoing), 'was_replaced');
      equal((await store.listKeys('alice', { revokedSince: null })).length, 1);
    },
  ],
  [
    'undoRevokeKey and replaceKey: leave one active key if they run concurrently',
    async (store) => {
      const first = (await store.replaceKey(newKey())).key;
      await store.revokeKey(first.id, 5);
      await Promise.all([
        store.undoRevokeKey(first.id, undoing),
        store.replaceKey(newKey()),
        store.undoRevokeKey(first.id, undoing),
      ]);
      equal((await store.listKeys('alice', { revokedSince: null })).length, 1);
    },
  ],
  [
    'revokeStaleKeys: revokes unused and too old keys, each once, with the reason',
    async (store) => {
      const old = (await store.replaceKey(newKey({ clientId: 'old', createdAt: 10 }))).key;
      const used = (await store.replaceKey(newKey({ clientId: 'used', createdAt: 10 }))).key;
      const fresh = (await store.replaceKey(newKey({ clientId: 'fresh', createdAt: 90 }))).key;
      const ancient = (await store.replaceKey(newKey({ clientId: 'ancient', createdAt: 1 }))).key;
      await store.recordKeysUsed(
        [used, ancient].map(({ id }) => ({ id, usedAt: 80, ipAddress: '192.0.2.7', userAgent: null })),
      );
      const stale = { unusedSince: 50, approvedBefore: 5, revokedAt: 100, ...firstBatch };
      const sweep = async () => (await store.revokeStaleKeys(stale)).revoked;
      const outcomes = (await Promise.all([sweep(), sweep(), sweep()])).flat();
      const reasons = new Map(outcomes.map(({ id, revokedReason }) => [id, revokedReason]));
      equal(outcomes.length, 2);
      equal(reasons.get(old.id), 'unused');
      equal(reasons.get(ancient.id), 'too_old');
      const none = { ...stale, unusedSince: null, approvedBefore: null };
      deepEqual((await store.revokeStaleKeys(none)).revoked, []);
      for (const { id } of [used, fresh]) equal((await store.findKey(id))?.revokedAt, null);
    },
  ],
  [
    'revokeStaleKeys: counts a restoration as a use, but not for the age',
    async (store) => {
      const { key } = await store.replaceKey(newKey({ createdAt: 10 }));
      await store.recordKeysUsed([{ id: key.id, usedAt: 20, ipAddress: '192.0.2.7', userAgent: null }]);
      const sweep = async (unusedSince: number, approvedBefore: number | null = null) => {
        const stale = { unusedSince, approvedBefore, revokedAt: 100, ...firstBatch };
        return (await store.revokeStaleKeys(stale)).revoked;
      };
      equal((await sweep(50)).length, 1);
      await store.undoRevokeKey(key.id, { ...undoing, restoredAt: 60 });
      deepEqual(await sweep(60), []);
      equal((await sweep(61))[0]?.revokedReason, 'unused');
      await store.undoRevokeKey(key.id, { ...undoing, restoredAt: 70 });
      equal((await sweep(50, 11))[0]?.revokedReason, 'too_old');
    },
  ],
  [
    'listKeys: returns unrevoked keys and those revoked since a time, newest first',
    async (store) => {
      const add = async (clientId: string) => (await store.replaceKey(newKey({ clientId }))).key.id;
      const [live, early, late] = [await add('live'), await add('early'), await add('late')];
      await store.revokeKey(early, 3_000);
      await store.revokeKey(late, 4_000);
      const list = async (...since: [(number | null)?]) => {
        const page = since[0] === undefined ? {} : { revokedSince: since[0] };
        return (await store.listKeys('alice', page)).map(({ id }) => id);
      };
      deepEqual(await list(), [late, early, live]);
      deepEqual(await list(3_000), [late, early, live]);
      deepEqual(await list(3_001), [late, live]);
      deepEqual(await list(4_001), [live]);
      deepEqual(await list(null), [live]);
    },
  ],
  [
    'deleteExpiredKeys: deletes revoked, expired and retired keys, and their ids are not reused',
    async (store) => {
      const add = async (changes: Parameters<typeof newKey>[0] = {}) =>
        (await store.replaceKey(newKey(changes))).key;
      const expired = await add({ clientId: 'expired', expiresAt: 3_999 });
      const kept = [
        await add({ clientId: 'live' }),
        await add({ clientId: 'ends later', expiresAt: 4_000 }),
        await add({ clientId: 'revoked later' }),
      ];
      await store.revokeKey(kept[2]?.id ?? 0, 4_000);
      const revoked = await add({ clientId: 'revoked' });
      await store.revokeKey(revoked.id, 3_999);
      const retiring = await store.createPersonalKey(newKey({ kind: 'personal', clientId: 'p' }), 9);
      const successor = { keyHash: newKey().keyHash, createdAt: 3_000, retiresAt: 3_999 };
      const rotated = await store.rotateKey(retiring?.id ?? 0, successor, 9);
      const range = { before: 4_000, ...firstBatch };
      deepEqual(await store.deleteExpiredKeys(range), { deleted: 3, lastId: null });
      deepEqual(await store.deleteExpiredKeys(range), { deleted: 0, lastId: null });
      const left = (await store.listKeys('alice')).map(({ id }) => id).sort((a, b) => a - b);
      const successorId = rotated.kind === 'rotated' ? rotated.key.id : 0;
      deepEqual(left, [...kept.map(({ id }) => id), successorId]);
      equal(await store.findKeyByHash(revoked.keyHash), null);
      equal(await store.undoRevokeKey(revoked.id, undoing), 'not_found');
      equal((await store.replaceKey(newKey({ clientId: 'expired' }))).replaced.length, 0);
      equal((await add()).id > successorId, true);
      equal(await store.findKey(expired.id), null);
    },
  ],
  [
    'revokeStaleKeys and deleteExpiredKeys: examine each record once, in batches',
    async (store) => {
      const ids: number[] = [];
      for (const clientId of ['a', 'b', 'c', 'd', 'e'])
        ids.push(
          (await store.replaceKey(newKey({ clientId, createdAt: clientId === 'b' ? 90 : 10 }))).key.id,
        );
      const stale = { unusedSince: 50, approvedBefore: null, revokedAt: 100 };
      const revoked: (readonly number[])[] = [];
      for (let afterId: number | null = 0; afterId !== null; ) {
        const batch: Awaited<ReturnType<Store['revokeStaleKeys']>> = await store.revokeStaleKeys({
          ...stale,
          afterId,
          limit: 2,
        });
        revoked.push(batch.revoked.map(({ id }) => id).sort((a, b) => a - b));
        afterId = batch.lastId;
      }
      deepEqual(revoked, [ids.slice(0, 1), ids.slice(2, 4), ids.slice(4)]);
      const range = { before: 200, limit: 3 };
      const first = await store.deleteExpiredKeys({ ...range, afterId: 0 });
      deepEqual(first, { deleted: 2, lastId: ids[2] });
      const second = await store.deleteExpiredKeys({ ...range, afterId: ids[2] ?? 0 });
      deepEqual(second, { deleted: 2, lastId: null });
      deepEqual(
        (await store.listKeys('alice')).map(({ id }) => id),
        ids.slice(1, 2),
      );
    },
  ],
];
