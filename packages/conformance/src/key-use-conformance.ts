import { deepEqual } from 'node:assert/strict';
import type { KeyUseCount } from '@valetkey/server';
import type { StorePromise } from './conformance-fixtures.ts';

const byText = (one: object, other: object) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
const use = (keyId: number, day: number, outcome: string, count: number): KeyUseCount => ({
  keyId,
  day,
  outcome,
  count,
});

/** The promises of `KeyUseStore`. */
export const keyUsePromises: readonly StorePromise[] = [
  [
    'addKeyUses: adds to the count of the same key, day and outcome, also concurrently',
    async (store) => {
      const refused = 'scope_insufficient:write';
      await store.addKeyUses([use(1, 10, 'allowed', 2), use(1, 10, refused, 1), use(2, 10, 'allowed', 5)]);
      await Promise.all(
        Array.from({ length: 8 }, () =>
          store.addKeyUses([use(1, 10, 'allowed', 1), use(2, 11, 'allowed', 1)]),
        ),
      );
      const found = await store.listKeyUses({ keyIds: [1, 2, 3], sinceDay: 0 });
      deepEqual(found.toSorted(byText), [
        use(1, 10, 'allowed', 10),
        use(1, 10, refused, 1),
        use(2, 10, 'allowed', 5),
        use(2, 11, 'allowed', 8),
      ]);
    },
  ],
  [
    'listKeyUses: returns the counts of the named keys since a day only',
    async (store) => {
      await store.addKeyUses([use(1, 9, 'allowed', 1), use(1, 10, 'allowed', 2), use(2, 10, 'allowed', 3)]);
      deepEqual(await store.listKeyUses({ keyIds: [1], sinceDay: 10 }), [use(1, 10, 'allowed', 2)]);
      deepEqual(await store.listKeyUses({ keyIds: [], sinceDay: 0 }), []);
    },
  ],
  [
    'sumKeyUses: adds the counts of all keys by day and outcome',
    async (store) => {
      await store.addKeyUses([
        use(1, 9, 'allowed', 1),
        use(1, 10, 'allowed', 2),
        use(2, 10, 'allowed', 3),
        use(2, 10, 'rate_limited', 4),
      ]);
      deepEqual((await store.sumKeyUses({ sinceDay: 10 })).toSorted(byText), [
        { day: 10, outcome: 'allowed', count: 5 },
        { day: 10, outcome: 'rate_limited', count: 4 },
      ]);
    },
  ],
  [
    'listRefusedKeys: returns the keys with the most refusals since a day, most first',
    async (store) => {
      await store.addKeyUses([
        use(1, 9, 'rate_limited', 99),
        use(1, 10, 'rate_limited', 2),
        use(2, 10, 'allowed', 50),
        use(3, 10, 'scope_insufficient:write', 3),
        use(3, 11, 'rate_limited', 4),
        use(4, 11, 'rate_limited', 1),
      ]);
      deepEqual(await store.listRefusedKeys({ sinceDay: 10, limit: 2 }), [
        { keyId: 3, count: 7 },
        { keyId: 1, count: 2 },
      ]);
    },
  ],
  [
    'addKeyNetworks: counts each network of a key once per day, also concurrently',
    async (store) => {
      const networks = [1, 2, 65_535].map((network) => ({ keyId: 1, day: 10, network }));
      await Promise.all(Array.from({ length: 8 }, () => store.addKeyNetworks(networks.toReversed())));
      await store.addKeyNetworks([
        { keyId: 1, day: 11, network: 1 },
        { keyId: 1, day: 9, network: 3 },
        { keyId: -2, day: 11, network: 7 },
        { keyId: -2, day: 11, network: 8 },
      ]);
      const find = (min: number, limit = 9, sinceDay = 10) =>
        store.listKeysOfManyNetworks({ sinceDay, min, limit });
      deepEqual(await find(2), [
        { keyId: 1, count: 3 },
        { keyId: -2, count: 2 },
      ]);
      deepEqual(await find(2, 1), [{ keyId: 1, count: 3 }]);
      deepEqual(await find(3, 9, 11), []);
      await store.deleteOldKeyUses({ beforeDay: 11 });
      deepEqual(await find(1, 9, 0), [
        { keyId: -2, count: 2 },
        { keyId: 1, count: 1 },
      ]);
    },
  ],
  [
    'deleteOldKeyUses: deletes the counts from before a day',
    async (store) => {
      await store.addKeyUses([use(1, 9, 'allowed', 1), use(1, 10, 'allowed', 2)]);
      await store.deleteOldKeyUses({ beforeDay: 10 });
      deepEqual(await store.listKeyUses({ keyIds: [1], sinceDay: 0 }), [use(1, 10, 'allowed', 2)]);
    },
  ],
];
