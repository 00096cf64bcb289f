import { deepEqual, equal } from 'node:assert/strict';
import type { ClaimedPush, Store } from '@valetkey/server';
import { newPush, type StorePromise } from './conformance-fixtures.ts';

const LEASE = 100;
const claimAt = (store: Store, now: number) => store.claimPush({ now, leasedUntil: now + LEASE });

async function getClaim(store: Store, now: number): Promise<ClaimedPush> {
  const claim = await claimAt(store, now);
  if (!claim) throw new Error(`Nothing could be claimed at ${now}.`);
  return claim;
}

const delivered = { isDone: true, targetFailures: 0, notBefore: 0 };

/** The promises of `PushStore`. */
export const pushPromises: readonly StorePromise[] = [
  [
    'claimPush: returns a push as it was queued, and null once it is done',
    async (store) => {
      equal(await claimAt(store, 1), null);
      const text = JSON.stringify({ excerpt: `'; DROP TABLE x; -- \u{1F511}\u202E` });
      const push = newPush({ notification: text, keyIds: [], pushUrl: 'https://push.example/?a=%00&b=|' });
      equal(await store.enqueuePush(push, 10), true);
      const claim = await getClaim(store, 5_000);
      const claimed = { id: claim.id, attempts: 0, targetFailures: 0, leasedUntil: 5_000 + LEASE };
      deepEqual(claim, { ...push, ...claimed });
      equal(await store.completePush(claim, delivered), true);
      equal(await claimAt(store, 9_000), null);
    },
  ],
  [
    'claimPush: gives each push URL to one of the concurrent workers',
    async (store) => {
      const [a, b] = ['https://push.example/a', 'https://push.example/b'];
      for (const pushUrl of [a, a, a, b]) await store.enqueuePush(newPush({ pushUrl }), 10);
      const all = await Promise.all(Array.from({ length: 10 }, () => claimAt(store, 1)));
      const claims = all.filter((claim) => claim !== null);
      deepEqual(claims.map(({ pushUrl }) => pushUrl).sort(), [a, b]);
      const ids = new Set(claims.map(({ id }) => id));
      for (const claim of claims) await store.completePush(claim, delivered);
      for (const now of [2, 3]) {
        const claim = await getClaim(store, now);
        equal(ids.has(claim.id), false);
        ids.add(claim.id);
        await store.completePush(claim, delivered);
      }
      equal(ids.size, 4);
      equal(await claimAt(store, 4), null);
    },
  ],
  [
    'completePush: changes nothing after the lease expired, and the push is claimed again',
    async (store) => {
      await store.enqueuePush(newPush(), 10);
      const first = await getClaim(store, 1_000);
      equal(await claimAt(store, 1_000 + LEASE - 1), null);
      const second = await getClaim(store, 1_000 + LEASE);
      deepEqual(second, { ...first, leasedUntil: 1_000 + 2 * LEASE });
      equal(await store.completePush(first, delivered), false);
      equal(await claimAt(store, 1_000 + LEASE + 1), null);
      equal(await store.completePush(second, delivered), true);
      equal(await store.completePush(second, delivered), false);
      equal(await claimAt(store, 9_000), null);
    },
  ],
  [
    'claimPush: skips a push URL until notBefore, and no other',
    async (store) => {
      const push = newPush();
      await store.enqueuePush(push, 10);
      const claim = await getClaim(store, 10);
      await store.completePush(claim, { isDone: false, targetFailures: 3, notBefore: 50 });
      await store.enqueuePush(newPush(), 10);
      const other = newPush({ pushUrl: 'https://other.example/' });
      await store.enqueuePush(other, 10);
      equal((await getClaim(store, 49)).deliveryId, other.deliveryId);
      equal(await claimAt(store, 49), null);
      equal((await getClaim(store, 50)).targetFailures, 3);
    },
  ],
  [
    'claimPush: prefers the push with the fewest attempts, then the oldest',
    async (store) => {
      const [stuck, second, third] = [newPush(), newPush(), newPush()];
      for (const push of [stuck, second, third]) await store.enqueuePush(push, 10);
      const again = { isDone: false, targetFailures: 1, notBefore: 0 };
      const order: string[] = [];
      for (let now = 1; now <= 5; now += 1) {
        const claim = await getClaim(store, now);
        order.push(claim.deliveryId);
        const isStuck = claim.deliveryId === stuck.deliveryId;
        await store.completePush(claim, isStuck ? again : delivered);
      }
      const { deliveryId } = stuck;
      deepEqual(order, [deliveryId, second.deliveryId, third.deliveryId, deliveryId, deliveryId]);
      equal((await getClaim(store, 6)).attempts, 3);
    },
  ],
  [
    'claimPush: serves push URLs in turn',
    async (store) => {
      const urls = ['https://a.example/', 'https://b.example/', 'https://c.example/'];
      for (const pushUrl of urls)
        for (let count = 0; count < 3; count += 1) await store.enqueuePush(newPush({ pushUrl }), 10);
      const order: string[] = [];
      for (let now = 1; now <= 6; now += 1) {
        const claim = await getClaim(store, now);
        order.push(claim.pushUrl);
        await store.completePush(claim, delivered);
      }
      deepEqual(order, [...urls, ...urls]);
    },
  ],
  [
    'enqueuePush: never exceeds maxQueued of a push URL, also in concurrent calls',
    async (store) => {
      const queue = (pushUrl: string) => store.enqueuePush(newPush({ pushUrl }), 3);
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => queue('https://a.example/')));
      equal(outcomes.filter((isQueued) => isQueued).length, 3);
      equal(await queue('https://b.example/'), true);
      await store.completePush(await getClaim(store, 1), delivered);
      equal(await queue('https://a.example/'), true);
      equal(await queue('https://a.example/'), false);
    },
  ],
];
