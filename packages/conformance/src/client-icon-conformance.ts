import { deepEqual, equal } from 'node:assert/strict';
import type { IconOwner } from '@valetkey/server';
import { client, newIcon, type StorePromise } from './conformance-fixtures.ts';
import { newOauthClient } from './oauth-fixtures.ts';

const app: IconOwner = { kind: 'app', clientId: client.clientId };
const oauth: IconOwner = { kind: 'oauth', clientId: 'c1' };

/** The promises of `ClientIconStore`. */
export const clientIconPromises: readonly StorePromise[] = [
  [
    'saveClientIcon: gives an icon to a client, and replaces it',
    async (store) => {
      await store.registerClient(client, null);
      for (const icon of [newIcon('a'), { ...newIcon('b'), mediaType: 'image/webp' } as const]) {
        equal(await store.saveClientIcon(app, icon), true);
        deepEqual(await store.findIcon(icon.hash), icon);
        deepEqual(await store.listClientIcons('app', [client.clientId, 'other', client.clientId]), [
          { ...app, hash: icon.hash, registeredAt: client.createdAt, hasSecret: false },
        ]);
      }
      equal(await store.findIcon(newIcon('a').hash), null);
      deepEqual(await store.listClientIcons('oauth', [client.clientId]), []);
      deepEqual(await store.listClientIcons('app', []), []);
    },
  ],
  [
    'saveClientIcon: stores nothing for an unknown client, or for an OAuth client that no admin has registered',
    async (store) => {
      await store.saveOauthClient(newOauthClient('dynamic', { kind: 'dynamic' }), null);
      await store.saveOauthClient(newOauthClient('document', { kind: 'document' }), null);
      const owners = [app, oauth, ...['dynamic', 'document'].map((clientId) => ({ ...oauth, clientId }))];
      for (const owner of owners) equal(await store.saveClientIcon(owner, newIcon()), false);
      equal(await store.findIcon(newIcon().hash), null);
    },
  ],
  [
    'findIcon: finds a shared icon until the last client that has it loses it',
    async (store) => {
      await store.registerClient(client, null);
      await store.saveOauthClient(newOauthClient('c1', { secretHash: 'f'.repeat(64) }), null);
      for (const owner of [app, oauth]) await store.saveClientIcon(owner, newIcon());
      const { hash } = newIcon();
      deepEqual(await store.listClientIcons('oauth', ['c1']), [
        { ...oauth, hash, registeredAt: 1_000, hasSecret: true },
      ]);
      equal(await store.deleteClientIcon(app), true);
      equal(await store.deleteClientIcon(app), false);
      deepEqual(await store.findIcon(hash), newIcon());
      await store.deleteOauthClient('c1');
      equal(await store.findIcon(hash), null);
      equal(await store.deleteClientIcon(oauth), false);
    },
  ],
  [
    'deleteClient: deletes the icon, so that the next registration of the id has none',
    async (store) => {
      await store.registerClient(client, null);
      await store.saveClientIcon(app, newIcon());
      await store.deleteClient(client.clientId);
      await store.registerClient(client, null);
      deepEqual(await store.listClientIcons('app', [client.clientId]), []);
      equal(await store.findIcon(newIcon().hash), null);
    },
  ],
  [
    'saveClientIcon: leaves no icon of a client that is deleted at the same time',
    async (store) => {
      for (let round = 0; round < 5; round += 1) {
        await store.registerClient(client, null);
        await store.saveOauthClient(newOauthClient('c1'), null);
        await Promise.all([
          store.saveClientIcon(app, newIcon('a')),
          store.deleteClient(client.clientId),
          store.saveClientIcon(oauth, newIcon('b')),
          store.deleteOauthClient('c1'),
          store.saveClientIcon(app, newIcon('a')),
        ]);
        for (const { hash } of [newIcon('a'), newIcon('b')]) equal(await store.findIcon(hash), null);
      }
    },
  ],
];
