import { deepEqual, equal, rejects } from 'node:assert/strict';
import { newKey, type StorePromise } from './conformance-fixtures.ts';

/** A personal key that no other has: its client id is its own. */
function newPersonalKey(changes: Parameters<typeof newKey>[0] = {}) {
  const key = newKey({ kind: 'personal', ...changes });
  return { ...key, clientId: changes.clientId ?? `personal-${key.keyHash}` };
}

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
    'stores no second personal key of the same hash',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      await rejects(store.createPersonalKey(newPersonalKey({ keyHash: key.keyHash }), 9));
      deepEqual(await store.listKeys('alice'), [key]);
    },
  ],
];
