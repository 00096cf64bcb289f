import { deepEqual, equal } from 'node:assert/strict';
import type { KeyFilter, Store } from '@valetkey/server';
import { newKey, type StorePromise } from './conformance-fixtures.ts';

const namesOf = async (store: Store, filter: Omit<KeyFilter, 'activeAt'> = {}, activeAt = 5_000) =>
  (await store.findKeys({ activeAt, ...filter })).map(({ applicationName }) => applicationName);

/** The promises of `KeyStore` about finding and renaming keys. */
export const foundKeyPromises: readonly StorePromise[] = [
  [
    'findKeys: returns the active keys of all users, newest first, page by page',
    async (store) => {
      const add = async (applicationName: string, changes: Parameters<typeof newKey>[0] = {}) =>
        (await store.replaceKey(newKey({ applicationName, clientId: applicationName, ...changes }))).key;
      await add('first');
      const revoked = await add('revoked', { userId: 'bob' });
      await add('second', { userId: 'bob', expiresAt: 5_001 });
      await add('expired', { expiresAt: 5_000 });
      await store.revokeKey(revoked.id, 2_000);
      deepEqual(await namesOf(store), ['second', 'first']);
      const [newest] = await store.findKeys({ activeAt: 5_000, limit: 1 });
      equal(newest?.applicationName, 'second');
      deepEqual(await namesOf(store, { beforeId: newest?.id ?? 0 }), ['first']);
    },
  ],
  [
    'findKeys: filters by each property, each alone and together',
    async (store) => {
      const add = (changes: Parameters<typeof newKey>[0]) => store.replaceKey(newKey(changes));
      const authRedirect = 'https://App.example/100%';
      await add({
        applicationName: 'Plum 100%',
        clientId: 'a',
        scopes: ['read'],
        expiresAt: 9_000,
        authRedirect,
      });
      await add({ applicationName: 'plum_x', clientId: 'b', userId: 'bob', scopes: ['user_status'] });
      await add({ applicationName: 'Feed', clientId: 'c', kind: 'feed', scopes: ['bookmarks_calendar'] });
      const { key } = await add({ applicationName: 'used', clientId: 'd', scopes: ['read', 'write'] });
      await store.recordKeysUsed([{ id: key.id, usedAt: 4_900, ipAddress: '192.0.2.1', userAgent: null }]);
      deepEqual(await namesOf(store, { userId: 'bob' }), ['plum_x']);
      deepEqual(await namesOf(store, { kind: 'feed' }), ['Feed']);
      deepEqual(await namesOf(store, { clientId: 'a' }), ['Plum 100%']);
      deepEqual(await namesOf(store, { name: 'PLUM' }), ['plum_x', 'Plum 100%']);
      deepEqual(await namesOf(store, { name: '%' }), ['Plum 100%'], 'a wildcard is a character');
      deepEqual(await namesOf(store, { name: 'm_x' }), ['plum_x']);
      deepEqual(await namesOf(store, { name: 'm!_' }), []);
      deepEqual(await namesOf(store, { redirect: 'app.EXAMPLE' }), ['Plum 100%']);
      deepEqual(await namesOf(store, { redirect: '!' }), []);
      deepEqual(await namesOf(store, { scope: 'read' }), ['used', 'Plum 100%']);
      deepEqual(await namesOf(store, { scope: 'user-status' }), [], 'an underscore is a character');
      deepEqual(await namesOf(store, { scope: 'rea' }), []);
      deepEqual(await namesOf(store, { unusedSince: 4_800 }), ['Feed', 'plum_x', 'Plum 100%']);
      deepEqual(await namesOf(store, { expiresBefore: 9_001 }), ['Plum 100%']);
      deepEqual(await namesOf(store, { name: 'plum', scope: 'read', userId: 'alice' }), ['Plum 100%']);
      deepEqual(await namesOf(store, { userId: "' OR 1=1 --" }), []);
    },
  ],
  [
    'renameKey: changes the name of an unrevoked key only',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      deepEqual(await store.renameKey(key.id, 'Another'), { ...key, applicationName: 'Another' });
      equal((await store.findKey(key.id))?.applicationName, 'Another');
      await store.revokeKey(key.id, 2_000);
      equal(await store.renameKey(key.id, 'Third'), null);
      equal(await store.renameKey(999, 'None'), null);
      equal((await store.findKey(key.id))?.applicationName, 'Another');
    },
  ],
];
