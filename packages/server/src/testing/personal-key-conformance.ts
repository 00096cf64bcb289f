import { deepEqual, equal, rejects } from 'node:assert/strict';
import type { KeyRecord, NewKey } from '../core/key/key-record.ts';
import type { Successor } from '../ports/personal-key-store.ts';
import type { Store } from '../ports/store.ts';
import { firstBatch, newKey, type StorePromise, undoing } from './conformance-fixtures.ts';

/** A personal key that no other has: its client id is its own. */
function newPersonalKey(changes: Partial<NewKey> = {}): NewKey {
  const key = newKey({ kind: 'personal', ...changes });
  return { ...key, clientId: changes.clientId ?? `personal-${key.keyHash}` };
}

async function makeKey(store: Store, changes: Partial<NewKey> = {}): Promise<KeyRecord> {
  const key = await store.createPersonalKey(newPersonalKey(changes), 99);
  if (!key) throw new Error('There was room for it.');
  return key;
}

/** What rotates a key at this moment; the old one ends at the other. */
const successor = (createdAt: number, retiresAt: number): Successor => ({
  keyHash: newKey().keyHash,
  createdAt,
  retiresAt,
});

/** The promises of `PersonalKeyStore`. */
export const personalKeyPromises: readonly StorePromise[] = [
  [
    'lets a person have so many live personal keys and no more, however many are made at once',
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
    'counts the live personal keys of this person alone',
    async (store) => {
      await store.replaceKey(newKey());
      await store.createPersonalKey(newPersonalKey({ userId: 'bob' }), 1);
      await store.createPersonalKey(newPersonalKey({ createdAt: 10, expiresAt: 20 }), 1);
      const live = await store.createPersonalKey(newPersonalKey({ createdAt: 20 }), 1);
      equal(live?.userId, 'alice');
      equal(await store.createPersonalKey(newPersonalKey({ createdAt: 30 }), 1), null);
      await store.revokeKey(live?.id ?? 0, 30);
      equal((await store.createPersonalKey(newPersonalKey({ createdAt: 30 }), 1))?.revokedAt, null);
    },
  ],
  [
    'brings revoked personal keys back as far as there is room, however many are undone at once',
    async (store) => {
      const keys = [];
      for (let count = 0; count < 5; count += 1) keys.push(await makeKey(store));
      for (const { id } of keys) await store.revokeKey(id, 2_000);
      const room = { max: 2, restoredAt: 2_000 };
      const outcomes = await Promise.all(keys.map(({ id }) => store.undoRevokeKey(id, room)));
      equal(outcomes.filter((outcome) => outcome === 'restored').length, 2);
      equal(outcomes.filter((outcome) => outcome === 'too_many').length, 3);
      const { key: app } = await store.replaceKey(newKey());
      await store.revokeKey(app.id, 2_000);
      equal(await store.undoRevokeKey(app.id, room), 'restored');
    },
  ],
  [
    'stores no second personal key of the same hash',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      await rejects(store.createPersonalKey(newPersonalKey({ keyHash: key.keyHash }), 9));
      deepEqual(await store.listKeys('alice'), [key]);
    },
  ],
  [
    'rotates a personal key: the new one is like the old one, which lives on until its time',
    async (store) => {
      const allowedIpAddresses = ['192.0.2.7', '2001:db8::/32'];
      const old = await makeKey(store, { expiresAt: 9_999, allowedIpAddresses });
      deepEqual(old.allowedIpAddresses, allowedIpAddresses);
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
    'rotates a key that was brought back into one that never was',
    async (store) => {
      const old = await makeKey(store);
      await store.revokeKey(old.id, 1_500);
      await store.undoRevokeKey(old.id, undoing);
      const outcome = await store.rotateKey(old.id, successor(3_000, 3_000), 9);
      equal(outcome.kind === 'rotated' && outcome.key.restoredAt, null);
    },
  ],
  [
    'rotates once: of ten who race, one is told that it was theirs',
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
    'ends with one of the two when a rotation races with a revocation',
    async (store) => {
      for (const isRevokedFirst of [true, false]) {
        const old = await makeKey(store);
        const revoke = () => store.revokeKey(old.id, 3_000);
        const rotate = () => store.rotateKey(old.id, successor(3_000, 3_000), 99);
        const steps = isRevokedFirst ? [revoke, rotate] : [rotate, revoke];
        await Promise.all(steps.map((step) => step()));
        const live = (await store.listKeys('alice')).filter(
          (key) => key.clientId === old.clientId && key.revokedAt === null,
        );
        equal(live.length, isRevokedFirst ? 0 : 1);
        equal((await store.findKey(old.id))?.revokedReason, 'revoked');
      }
    },
  ],
  [
    'rotates neither what is revoked nor what is not personal',
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
    'brings a key that was rotated away never back, but the newer one',
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
    'keeps the old key as it was when the new one cannot be stored',
    async (store) => {
      const old = await makeKey(store);
      await rejects(store.rotateKey(old.id, { ...successor(3_000, 5_000), keyHash: old.keyHash }, 9));
      deepEqual(await store.findKey(old.id), old);
      deepEqual(await store.findUnrevokedKey('alice', 'personal', old.clientId), old);
    },
  ],
  [
    'counts an old key that lives on, so that rotating makes no more than the limit',
    async (store) => {
      const old = await makeKey(store);
      equal((await store.rotateKey(old.id, successor(3_000, 5_000), 1)).kind, 'too_many');
      equal((await store.rotateKey(old.id, successor(3_000, 3_000), 1)).kind, 'rotated');
      equal(await store.createPersonalKey(newPersonalKey({ createdAt: 3_000 }), 1), null);
      equal((await store.createPersonalKey(newPersonalKey({ createdAt: 3_000 }), 2))?.retiresAt, null);
    },
  ],
  [
    'sweeps an old key while it lives on, and not after',
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
];
