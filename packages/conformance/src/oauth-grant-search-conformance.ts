import { deepEqual } from 'node:assert/strict';
import type { KeyFilter, Store } from '@valetkey/server';
import type { StorePromise } from './conformance-fixtures.ts';
import { createGrant } from './oauth-fixtures.ts';

const namesOf = async (store: Store, filter: Omit<KeyFilter, 'activeAt'> = {}) =>
  (await store.findOauthGrants({ activeAt: 5_000, ...filter })).map(({ clientName }) => clientName);

/** The promises of `OauthGrantSearch`. */
export const oauthGrantSearchPromises: readonly StorePromise[] = [
  [
    'findOauthGrants: returns the active grants of all users, newest first, page by page',
    async (store) => {
      await createGrant(store, { clientName: 'first' });
      const { grant } = await createGrant(store, { clientName: 'revoked' });
      await store.revokeOauthGrant(grant.id, { revokedAt: 2_000, reason: 'revoked' });
      await createGrant(store, { clientName: 'expired', expiresAt: 5_000 });
      const { grant: second } = await createGrant(store, { clientName: 'second', userId: 'bob' });
      deepEqual(await namesOf(store), ['second', 'first']);
      deepEqual(await namesOf(store, { limit: 1 }), ['second']);
      deepEqual(await namesOf(store, { beforeId: second.id }), ['first']);
    },
  ],
  [
    'findOauthGrants: filters by each property',
    async (store) => {
      await createGrant(store, { clientName: 'Plum 100%', scopes: ['read'], expiresAt: 9_000 });
      const authRedirect = 'https://App.example/cb';
      await createGrant(store, { clientName: 'pear', clientId: 'b', userId: 'bob', authRedirect });
      deepEqual(await namesOf(store, { userId: 'bob' }), ['pear']);
      deepEqual(await namesOf(store, { clientId: 'b' }), ['pear']);
      deepEqual(await namesOf(store, { name: 'PLUM' }), ['Plum 100%']);
      deepEqual(await namesOf(store, { name: '%' }), ['Plum 100%'], 'a wildcard is a character');
      deepEqual(await namesOf(store, { redirect: 'app.EXAMPLE' }), ['pear']);
      deepEqual(await namesOf(store, { scope: 'write' }), ['pear']);
      deepEqual(await namesOf(store, { scope: 'rea' }), []);
      deepEqual(await namesOf(store, { unusedSince: 1_000 }), []);
      deepEqual(await namesOf(store, { unusedSince: 1_001 }), ['pear', 'Plum 100%']);
      deepEqual(await namesOf(store, { expiresBefore: 9_001 }), ['Plum 100%']);
      deepEqual(await namesOf(store, { userId: "' OR 1=1 --" }), []);
    },
  ],
];
