import { deepEqual, equal, rejects } from 'node:assert/strict';
import type { KeyRecord, NewKey, Store, Successor } from '@valetkey/server';
import { firstBatch, newKey, type StorePromise, undoing } from './conformance-fixtures.ts';

/** Returns a personal key with a unique client id. */
function newPersonalKey(changes: Partial<NewKey> = {}): NewKey {
  const key = newKey({ kind: 'personal', ...changes });
  return { ...key, clientId: changes.clientId ?? `personal-${key.keyHash}` };
}

async function makeKey(store: Store, changes: Partial<NewKey> = {}): Promise<KeyRecord> {
  const key = await store.createPersonalKey(newPersonalKey(changes), 99);
  if (!key) throw new Error('The limit was reached.');
  return key;
}

/** The successor of a rotation. */
const successor = (createdAt: number, retiresAt: number): Successor => ({
  keyHash: newKey().keyHash,
  createdAt,
  retiresAt,
});

/** The promises of `PersonalKeyStore`. */
export const personalKeyPromises: readonly StorePromise[] = [
  [
    'createPersonalKey: never exceeds max active keys of a user, also in concurrent calls',
    async (store) => {
      const made = await Promise.all(
        Array.from({ length: 20 }, () => store.createPersonalKey(newPersonalKey(), 3)),
      );
      equal(made.filter((key) => key !== null).length, 3);
      equal((await store.listKeys('alice')).length, 3);
      deepEqual(await store.findKey(made[0]?.id ?? 0), made[0]);
    },
  ],
  [
    'createPersonalKey: counts the active personal keys of this user only',
    async (store) => {
      await store.replaceKey(newKey());
      await store.createPersonalKey(newPersonalKey({ userId: 'bob' }), 1);
      await store.createPersonalKey(newPersonalKey({ createdAt: 10, expiresAt: 20 }), 1);
      const active = await store.createPersonalKey(newPersonalKey({ createdAt: 20 }), 1);
      equal(active?.userId, 'alice');
      equal(await store.createPersonalKey(newPersonalKey({ createdAt: 30 }), 1), null);
      await store.revokeKey(active?.id ?? 0, 30);
      equal((await store.createPersonalKey(newPersonalKey({ createdAt: 30 }), 1))?.revokedAt, null);
    },
  ],
  [
    'undoRevokeKey: never exceeds max active personal keys, also in concurrent calls',
    async (store) => {
      const keys = [];
      for (let count = 0; count < 5; count += 1) keys.push(await makeKey(store));
      for (const { id } of keys) await store.revokeKey(id, 2_000);
      const limit = { max: 2, restoredAt: 2_000 };
      const outcomes = await Promise.all(keys.map(({ id }) => store.undoRevokeKey(id, limit)));
      equal(outcomes.filter((outcome) => outcome === 'restored').length, 2);
      equal(outcomes.filter((outcome) => outcome === 'too_many').length, 3);
      const feed = (await store.replaceKey(newKey({ kind: 'feed' }))).key;
      await store.revokeKey(feed.id, 2_000);
      equal(await store.undoRevokeKey(feed.id, { ...limit, max: 0 }), 'restored');
    },
  ],
  [
    'createPersonalKey: rejects a hash that exists',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      await rejects(store.createPersonalKey(newPersonalKey({ keyHash: key.keyHash }), 9));
      deepEqual(await store.listKeys('alice'), [key]);
    },
  ],
  [
    'rotateKey: copies the old key, which stays active until retiresAt',
    async (store) => {
      const allowedIpAddresses = ['192.0.2.7', '2001:db8::/32'];
      const resources = ['/', '/mcp'];
      const old = await makeKey(store, { expiresAt: 9_999, allowedIpAddresses, resources });
      deepEqual([old.allowedIpAddresses, old.resources], [allowedIpAddresses, resources]);
      await store.recordKeysUsed([{ id: old.id, usedAt: 2_000, ipAddress: '192.0.2.7', userAgent: null }]);
      const outcome = await store.rotateKey(old.id, successor(3_000, 5_000), 9);
      if (outcome.kind !== 'rotated') throw new Error(outcome.kind);
      const { key, retiring } = outcome;
      const { keyHash, createdAt } = key;
      deepEqual(key, { ...old, id: key.id, keyHash, createdAt });
      equal(createdAt, 3_000);
      deepEqual(await store.findKeyByHash(keyHash), key);
      equal(retiring.retiresAt, 5_000);
      equal(retiring.revokedAt, null);
      deepEqual(await store.findKey(old.id), retiring);
      deepEqual(await store.findUnrevokedKey('alice', 'personal', old.clientId), key);
    },
  ],
  [
    'rotateKey: gives the successor of a restored key no restoredAt',
    async (store) => {
      const old = await makeKey(store);
      await store.revokeKey(old.id, 1_500);
      await store.undoRevokeKey(old.id, undoing);
      const outcome = await store.rotateKey(old.id, successor(3_000, 3_000), 9);
      equal(outcome.kind === 'rotated' && outcome.key.restoredAt, null);
    },
  ],
  [
    'rotateKey: succeeds for one of ten concurrent calls',
    async (store) => {
      const old = await makeKey(store);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => store.rotateKey(old.id, successor(3_000, 5_000), 99)),
      );
      equal(outcomes.filter(({ kind }) => kind === 'rotated').length, 1);
      equal(outcomes.filter(({ kind }) => kind === 'was_rotated').length, 9);
      equal((await store.listKeys('alice')).length, 2);
    },
  ],
  [
    'rotateKey and revokeKey: leave a consistent result if both run concurrently',
    async (store) => {
      for (const isRevokedFirst of [true, false]) {
        const old = await makeKey(store);
        const revoke = () => store.revokeKey(old.id, 3_000);
        const early = isRevokedFirst ? revoke() : null;
        const rotation = store.rotateKey(old.id, successor(3_000, 3_000), 99);
        await (early ?? revoke());
        // A database may run them in either order. The result of the rotation says which order it was.
        const { kind } = await rotation;
        const active = (await store.listKeys('alice')).filter(
          (key) => key.clientId === old.clientId && key.revokedAt === null,
        );
        equal(active.length, kind === 'rotated' ? 1 : 0);
        equal(kind === 'rotated' || kind === 'was_revoked', true);
        equal((await store.findKey(old.id))?.revokedReason, 'revoked');
      }
    },
  ],
  [
    'rotateKey: rejects a revoked key and a key that is not personal',
    async (store) => {
      const { key: app } = await store.replaceKey(newKey());
      const { key: feed } = await store.replaceKey(newKey({ kind: 'feed' }));
      const revoked = await makeKey(store);
      await store.revokeKey(revoked.id, 5);
      const rotate = async (id: number) => (await store.rotateKey(id, successor(3_000, 5_000), 9)).kind;
      equal(await rotate(app.id), 'not_found');
      equal(await rotate(feed.id), 'not_found');
      equal(await rotate(4711), 'not_found');
      equal(await rotate(revoked.id), 'was_revoked');
      equal((await store.listKeys('alice')).length, 3);
    },
  ],
  [
    'undoRevokeKey: restores the successor of a rotation, never the retired key',
    async (store) => {
      const old = await makeKey(store);
      const outcome = await store.rotateKey(old.id, successor(3_000, 5_000), 9);
      const id = outcome.kind === 'rotated' ? outcome.key.id : 0;
      for (const each of [old.id, id]) await store.revokeKey(each, 4_000);
      equal(await store.undoRevokeKey(old.id, undoing), 'was_replaced');
      equal(await store.undoRevokeKey(id, undoing), 'restored');
      equal(await store.undoRevokeKey(old.id, undoing), 'was_replaced');
    },
  ],
  [
    'rotateKey: keeps the old key if the new one cannot be stored',
    async (store) => {
      const old = await makeKey(store);
      await rejects(store.rotateKey(old.id, { ...successor(3_000, 5_000), keyHash: old.keyHash }, 9));
      deepEqual(await store.findKey(old.id), old);
      deepEqual(await store.findUnrevokedKey('alice', 'personal', old.clientId), old);
    },
  ],
  [
    'rotateKey: counts a retiring key, so that rotations never exceed max',
    async (store) => {
      const old = await makeKey(store);
      equal((await store.rotateKey(old.id, successor(3_000, 5_000), 1)).kind, 'too_many');
      equal((await store.rotateKey(old.id, successor(3_000, 3_000), 1)).kind, 'rotated');
      equal(await store.createPersonalKey(newPersonalKey({ createdAt: 3_000 }), 1), null);
      equal((await store.createPersonalKey(newPersonalKey({ createdAt: 3_000 }), 2))?.retiresAt, null);
    },
  ],
  [
    'revokeStaleKeys: revokes a retiring key while it is active, and not afterwards',
    async (store) => {
      const [first, second] = [await makeKey(store), await makeKey(store)];
      await store.rotateKey(first.id, successor(3_000, 5_000), 9);
      await store.rotateKey(second.id, successor(3_000, 6_000), 9);
      const { revoked } = await store.revokeStaleKeys({
        unusedSince: 2_900,
        approvedBefore: null,
        revokedAt: 5_000,
        ...firstBatch,
      });
      deepEqual(
        revoked.map(({ id }) => id),
        [second.id],
      );
    },
  ],
  [
    'renewKey: lets an active personal key expire later, and no other key',
    async (store) => {
      const renew = (id: number, expiresAt: number, now = 4_000) => store.renewKey(id, { now, expiresAt });
      const key = await makeKey(store, { expiresAt: 5_000 });
      deepEqual(await renew(key.id, 9_000), { ...key, expiresAt: 9_000 });
      equal((await store.findKey(key.id))?.expiresAt, 9_000);
      equal(await renew(key.id, 9_000), null, 'not later');
      equal(await renew(key.id, 20_000, 9_000), null, 'expired');
      const lasting = await makeKey(store);
      equal(await renew(lasting.id, 9_000), null, 'never expires');
      const { key: app } = await store.replaceKey(newKey({ expiresAt: 5_000 }));
      equal(await renew(app.id, 9_000), null, 'not personal');
      const retiring = await makeKey(store, { expiresAt: 5_000 });
      await store.rotateKey(retiring.id, successor(3_000, 4_500), 9);
      equal(await renew(retiring.id, 9_000), null, 'retiring');
      const revoked = await makeKey(store, { expiresAt: 5_000 });
      await store.revokeKey(revoked.id, 3_000);
      equal(await renew(revoked.id, 9_000), null, 'revoked');
      equal(await renew(999, 9_000), null, 'unknown');
    },
  ],
  [
    'takeExpiryReminders: returns each reminder of an active personal key once, to one of several concurrent calls',
    async (store) => {
      const DAY = 86_400_000;
      const key = await makeKey(store, { createdAt: 0, expiresAt: 90 * DAY });
      await makeKey(store, { createdAt: 0 });
      await makeKey(store, { createdAt: 85 * DAY, expiresAt: 90 * DAY });
      await store.replaceKey(newKey({ createdAt: 0, expiresAt: 90 * DAY }));
      const { id: revokedId } = await makeKey(store, { createdAt: 0, expiresAt: 90 * DAY });
      await store.revokeKey(revokedId, 1);
      const take = async (days: number) => {
        const batch = { now: days * DAY, ...firstBatch };
        const taken = await Promise.all([1, 2, 3].map(() => store.takeExpiryReminders(batch)));
        return taken.flatMap(({ keys }) => keys.map(({ id }) => id));
      };
      deepEqual(await take(59.9), []);
      deepEqual(await take(60), [key.id]);
      deepEqual(await take(70), []);
      deepEqual(await take(84), [key.id]);
      await store.renewKey(key.id, { now: 84 * DAY, expiresAt: 100 * DAY });
      deepEqual(await take(84), [key.id], 'renewed');
      deepEqual((await take(99)).includes(key.id), true);
      deepEqual(await take(99), []);
      deepEqual(await take(100), []);
    },
  ],
];
