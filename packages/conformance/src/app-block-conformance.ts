import { deepEqual, equal } from 'node:assert/strict';
import { appBlock, newKey, type StorePromise } from './conformance-fixtures.ts';
import { newGrant, newTokens } from './oauth-fixtures.ts';

/** The promises of `AppBlockStore`. */
export const appBlockPromises: readonly StorePromise[] = [
  [
    'saveAppBlock: stores a block, and replaces the one of the same kind and value',
    async (store) => {
      deepEqual(await store.listAppBlocks(), []);
      const older = { ...appBlock, kind: 'client_id', createdAt: 5 } as const;
      await store.saveAppBlock(older);
      await store.saveAppBlock(appBlock);
      deepEqual(await store.listAppBlocks(), [appBlock, older]);
      const changed = { ...appBlock, reason: 'Another reason', createdAt: 9, createdBy: 'bob' };
      await store.saveAppBlock(changed);
      deepEqual(await store.listAppBlocks(), [changed, older]);
    },
  ],
  [
    'deleteAppBlock: returns the block to one of several concurrent calls',
    async (store) => {
      await store.saveAppBlock(appBlock);
      equal(await store.deleteAppBlock({ kind: 'client_id', value: appBlock.value }), null);
      const deleted = await Promise.all([1, 2, 3].map(() => store.deleteAppBlock(appBlock)));
      deepEqual(
        deleted.filter((block) => block !== null),
        [appBlock],
      );
      deepEqual(await store.listAppBlocks(), []);
    },
  ],
  [
    'listAppsByReceiver: groups active keys of apps and OAuth grants by name, redirect and push URL',
    async (store) => {
      const authRedirect = 'https://app.example/cb';
      const key = (changes: object) => newKey({ authRedirect, createdAt: 10, ...changes });
      for (const userId of ['alice', 'bob', 'carol']) await store.replaceKey(key({ userId }));
      await store.replaceKey(key({ clientId: 'pushed', pushUrl: 'https://push.example/x' }));
      await store.replaceKey(key({ clientId: 'expired', expiresAt: 20 }));
      await store.createPersonalKey(key({ clientId: 'personal', kind: 'personal', authRedirect: null }), 9);
      const { key: revoked } = await store.replaceKey(key({ clientId: 'revoked' }));
      await store.revokeKey(revoked.id, 15);
      await store.createOauthGrant(newGrant({ authRedirect, clientName: 'An app' }), newTokens());
      deepEqual(await store.listAppsByReceiver(1_000), [
        { applicationName: 'An app', authRedirect, pushUrl: null, activeKeys: 4 },
        { applicationName: 'An app', authRedirect, pushUrl: 'https://push.example/x', activeKeys: 1 },
      ]);
    },
  ],
];
