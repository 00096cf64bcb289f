import assert from 'node:assert/strict';
import type { SigningKey } from '@valetkey/server';
import type { StorePromise } from './conformance-fixtures.ts';
import { newGrant, newOauthClient, newTokens } from './oauth-fixtures.ts';

const newSigningKey = (keyId: string, createdAt: number): SigningKey => ({
  keyId,
  publicJwk: '{"kty":"RSA"}',
  sealedPrivateKey: 'sealed',
  createdAt,
});

export const oauthClientPromises: readonly StorePromise[] = [
  [
    'oauth clients: a client is stored once, found, blocked, unblocked and deleted',
    async (store) => {
      const client = newOauthClient('c1', { secretHash: 'f'.repeat(64), requiresPkce: false });
      assert.equal(await store.saveOauthClient(client, null), 'saved');
      assert.equal(await store.saveOauthClient({ ...client, name: 'Another' }, null), 'exists');
      assert.deepEqual(await store.findOauthClient('c1'), client);
      assert.deepEqual(await store.setOauthClientBlocked('c1', 5), { ...client, blockedAt: 5 });
      assert.deepEqual(await store.findOauthClient('c1'), { ...client, blockedAt: 5 });
      assert.deepEqual(await store.setOauthClientBlocked('c1', null), client);
      assert.equal(await store.setOauthClientBlocked('c2', 5), null);
      assert.deepEqual(await store.deleteOauthClient('c1'), client);
      assert.equal(await store.deleteOauthClient('c1'), null);
      assert.equal(await store.findOauthClient('c1'), null);
    },
  ],
  [
    'oauth clients: concurrent registrations from one IP address never exceed the limit',
    async (store) => {
      const limit = { max: 3, since: 500 };
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          store.saveOauthClient(newOauthClient(`d${index}`, { kind: 'dynamic' }), limit),
        ),
      );
      assert.equal(outcomes.filter((outcome) => outcome === 'saved').length, 3);
      const elsewhere = newOauthClient('e', { kind: 'dynamic', createdFrom: '192.0.2.10' });
      assert.equal(await store.saveOauthClient(elsewhere, limit), 'saved');
    },
  ],
  [
    'oauth clients: listed newest first, page by page',
    async (store) => {
      for (const [id, createdAt] of [
        ['a', 1],
        ['b', 2],
        ['c', 2],
      ] as const)
        await store.saveOauthClient(newOauthClient(id, { createdAt }), null);
      const first = await store.listOauthClients({ after: null, limit: 2 });
      assert.deepEqual(
        first.map(({ clientId }) => clientId),
        ['c', 'b'],
      );
      const [, last] = first;
      assert.deepEqual(
        (await store.listOauthClients({ after: last ?? null, limit: 2 })).map(({ clientId }) => clientId),
        ['a'],
      );
    },
  ],
  [
    'oauth clients: live grants are counted by client; unused dynamic clients are deleted, others are kept',
    async (store) => {
      for (const id of ['used', 'unused']) {
        await store.saveOauthClient(newOauthClient(id, { kind: 'dynamic' }), null);
      }
      await store.saveOauthClient(newOauthClient('registered'), null);
      await store.saveOauthClient(newOauthClient('new', { kind: 'dynamic', createdAt: 9_000 }), null);
      await store.createOauthGrant(newGrant({ clientId: 'used' }), newTokens());
      await store.createOauthGrant(newGrant({ clientId: 'used', expiresAt: 1_500 }), newTokens());
      assert.deepEqual(await store.countOauthGrants(['used', 'unused'], 1_200), new Map([['used', 2]]));
      assert.deepEqual(await store.countOauthGrants(['used'], 1_500), new Map([['used', 1]]));
      await store.deleteUnusedOauthClients(5_000);
      const left = await store.listOauthClients({ after: null, limit: 10 });
      assert.deepEqual(left.map(({ clientId }) => clientId).sort(), ['new', 'registered', 'used']);
    },
  ],
  [
    'signing keys: of concurrent nodes one stores a key; old keys are deleted, never the newest',
    async (store) => {
      const outcomes = await Promise.all(
        ['k1', 'k2', 'k3'].map((id) => store.saveSigningKey(newSigningKey(id, 1_000), 0)),
      );
      assert.equal(outcomes.filter(Boolean).length, 1);
      assert.equal(await store.saveSigningKey(newSigningKey('k4', 5_000), 1_000), true);
      assert.deepEqual(
        (await store.listSigningKeys()).map(({ createdAt }) => createdAt),
        [5_000, 1_000],
      );
      await store.deleteSigningKeys(4_000);
      assert.deepEqual(await store.listSigningKeys(), [newSigningKey('k4', 5_000)]);
      await store.deleteSigningKeys(9_000);
      assert.equal((await store.listSigningKeys()).length, 1);
    },
  ],
];
