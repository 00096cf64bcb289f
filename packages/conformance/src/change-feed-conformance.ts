import { deepEqual } from 'node:assert/strict';
import type { Change, ChangeFeed, MaybePromise } from '@valetkey/server';
import type { ConformanceCase } from './store-conformance.ts';

/** Two feeds of one site, as on two nodes; the same object twice if the feed works in one process only. */
export interface TwoChangeFeeds {
  readonly a: ChangeFeed;
  readonly b: ChangeFeed;
  close?(): MaybePromise<void>;
}

const KINDS: readonly Change['kind'][] = ['key', 'admin_key', 'setting', 'user', 'client', 'block'];

/** Collects the changes that a feed delivers. `until` resolves when this change and all earlier ones have arrived. */
async function collect(feed: ChangeFeed) {
  const changes: Change[] = [];
  let awaited: { id: string; resolve: () => void } | null = null;
  const unsubscribe = feed.subscribe(
    (change) => {
      changes.push(change);
      if (change.id === awaited?.id) awaited.resolve();
    },
    () => {},
  );
  await feed.catchUp?.();
  return {
    changes,
    unsubscribe,
    async until(id: string) {
      if (changes.some((change) => change.id === id)) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      awaited = { id, resolve };
      await promise;
    },
  };
}

const cases: readonly (readonly [name: string, check: (two: TwoChangeFeeds) => Promise<void>])[] = [
  [
    'publish: delivers each kind of change to the subscribers of both nodes, in order',
    async ({ a, b }) => {
      const [onA, onB] = [await collect(a), await collect(b)];
      for (const kind of KINDS) await a.publish({ kind, id: `of ${kind}` });
      const expected = KINDS.map((kind) => ({ kind, id: `of ${kind}` }));
      for (const { changes, until, unsubscribe } of [onA, onB]) {
        await until('of block');
        deepEqual(changes, expected);
        unsubscribe();
      }
    },
  ],
  [
    'publish: delivers ids unchanged',
    async ({ a, b }) => {
      const { changes, until, unsubscribe } = await collect(b);
      const ids = ['', 'a:b|c,d', 'ü🔑', "'; --", 'x'.repeat(1_000)];
      for (const id of ids) await a.publish({ kind: 'user', id });
      await until(ids.at(-1) ?? '');
      deepEqual(
        changes.map(({ id }) => id),
        ids,
      );
      unsubscribe();
    },
  ],
  [
    'subscribe: delivers nothing after unsubscribing, and still delivers to others',
    async ({ a, b }) => {
      const [left, stays] = [await collect(b), await collect(b)];
      left.unsubscribe();
      left.unsubscribe();
      await a.publish({ kind: 'key', id: 'after' });
      await stays.until('after');
      deepEqual(left.changes, []);
      stays.unsubscribe();
    },
  ],
];

/**
 * Returns the promises of the `ChangeFeed` interface as test cases, for any test runner. `onGap` needs a broken
 * connection, so each implementation tests it separately.
 *
 * @param create creates two connected feeds; called once per case
 */
export function changeFeedConformance(create: () => MaybePromise<TwoChangeFeeds>): ConformanceCase[] {
  return cases.map(([name, check]) => ({
    name,
    async run() {
      const two = await create();
      try {
        await check(two);
      } finally {
        await two.close?.();
      }
    },
  }));
}
