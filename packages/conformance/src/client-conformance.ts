import { deepEqual, equal } from 'node:assert/strict';
import { client, newKey, type StorePromise } from './conformance-fixtures.ts';

/** The promises of `ClientStore`. */
export const clientPromises: readonly StorePromise[] = [
  [
    'registerClient: keeps the first client of an id',
    async (store) => {
      const outcomes = await Promise.all([
        store.registerClient(client, null),
        store.registerClient({ ...client, publicKey: 'ANOTHER' }, null),
      ]);
      deepEqual(outcomes.toSorted(), ['already_registered', 'registered']);
      const [first, second] =
        outcomes[0] === 'registered' ? [client.publicKey, 'ANOTHER'] : ['ANOTHER', client.publicKey];
      const registered = { ...client, publicKey: first };
      deepEqual(await store.findClient('registered'), registered);
      deepEqual(await store.findClientByPublicKey(first), registered);
      equal(await store.findClientByPublicKey(second), null);
    },
  ],
  [
    'findClientByPublicKey: returns the earliest of several clients, wherever the store keeps them',
    async (store) => {
      // Anybody can register a client with the public key of another one.
      await store.registerClient({ ...client, clientId: 'copy', createdAt: client.createdAt + 1 }, null);
      await store.registerClient(client, null);
      deepEqual(await store.findClientByPublicKey(client.publicKey), client);
    },
  ],
  [
    'registerClient: never exceeds the limit of an IP address, also in concurrent calls',
    async (store) => {
      const register = (id: number, createdFrom = '192.0.2.1', createdAt = 100) =>
        store.registerClient(
          { ...client, clientId: `client-${id}`, createdFrom, createdAt },
          { max: 3, since: 50 },
        );
      const outcomes = await Promise.all(Array.from({ length: 20 }, (_, id) => register(id)));
      equal(outcomes.filter((outcome) => outcome === 'registered').length, 3);
      equal(outcomes.filter((outcome) => outcome === 'too_many').length, 17);
      equal(await register(30, '192.0.2.2'), 'registered');
      equal(
        await store.registerClient({ ...client, clientId: 'later' }, { max: 3, since: 100 }),
        'registered',
      );
    },
  ],
  [
    'listClients: returns clients newest first, page by page, while others are added and deleted',
    async (store) => {
      const register = (clientId: string, createdAt: number) =>
        store.registerClient({ ...client, clientId, createdAt }, null);
      for (const [id, at] of [
        ['b', 10],
        ['a', 20],
        ['c', 10],
        ["'; --", 30],
      ] as const)
        await register(id, at);
      const idsAfter = async (after: Parameters<typeof store.listClients>[0]['after'], limit: number) =>
        (await store.listClients({ after, limit })).map(({ clientId }) => clientId);
      deepEqual(await idsAfter(null, 9), ["'; --", 'a', 'c', 'b']);
      deepEqual(await store.listClients({ after: null, limit: 0 }), []);
      const [, second] = await store.listClients({ after: null, limit: 2 });
      await register('newer', 40);
      await store.deleteClient('a');
      deepEqual(await idsAfter(second ?? null, 9), ['c', 'b']);
      deepEqual(await idsAfter({ createdAt: 10, clientId: 'c' }, 9), ['b']);
      deepEqual(await idsAfter({ createdAt: 10, clientId: 'b' }, 9), []);
    },
  ],
  [
    'deleteClient: succeeds for one of the concurrent calls, keeps the keys of users, and frees the id',
    async (store) => {
      await store.registerClient(client, null);
      const { key } = await store.replaceKey(newKey({ clientId: client.clientId }));
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => store.deleteClient(client.clientId)),
      );
      deepEqual(
        outcomes.filter((outcome) => outcome !== null),
        [client],
      );
      equal(await store.findClient(client.clientId), null);
      equal(await store.findClientByPublicKey(client.publicKey), null);
      deepEqual(await store.findKey(key.id), key);
      equal(await store.registerClient(client, null), 'registered');
    },
  ],
  [
    'countActiveKeys: counts active keys of kind app by client, not revoked, expired, feed or personal ones',
    async (store) => {
      const add = async (changes: Parameters<typeof newKey>[0]) =>
        (await store.replaceKey(newKey(changes))).key;
      for (const userId of ['alice', 'bob']) await add({ clientId: 'one', userId });
      await add({ clientId: 'one' });
      await add({ clientId: 'one', userId: 'carla', expiresAt: 100 });
      await add({ clientId: 'one', userId: 'dan', expiresAt: 101 });
      await store.revokeKey((await add({ clientId: 'one', userId: 'eve' })).id, 5);
      for (const kind of ['feed', 'personal'] as const) await add({ clientId: 'one', userId: 'fay', kind });
      await add({ clientId: "two', '" });
      await add({ clientId: 'not asked' });
      const counts = await store.countActiveKeys(['one', "two', '", 'none'], 100);
      deepEqual([...counts].sort(), [
        ['one', 3],
        ["two', '", 1],
      ]);
      deepEqual([...(await store.countActiveKeys([], 100))], []);
    },
  ],
];
