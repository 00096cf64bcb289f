import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createBlockList } from '../core/blocks/block-list.ts';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';
import { createSettings } from '../settings/settings.ts';
import type { SendPush } from './push-sender.ts';
import { createPushWorker } from './push-worker.ts';

/** A worker whose attempts end when the test says so, and one queued push for each of several push URLs. */
async function createHangingWorker(pushUrls: number) {
  const store = createMemoryStore();
  let now = 1_000;
  const sending: { pushUrl: string; finish: () => void }[] = [];
  const send: SendPush = ({ pushUrl }) =>
    new Promise((resolve) => {
      sending.push({ pushUrl, finish: () => resolve({ kind: 'delivered' }) });
    });
  const createWorker = async () =>
    createPushWorker({
      store,
      settings: await createSettings(store, () => now),
      appBlocks: { current: () => createBlockList([]) },
      site: { name: 'Plum Forum', baseUrl: 'https://forum.example', findUser: () => null },
      now: () => now,
      randomBytes,
      send,
      onFailure: () => {},
    });
  for (let id = 0; id < pushUrls; id += 1) {
    const pushUrl = `https://push.example/${id}`;
    const deliveryId = id.toString(16).padStart(32, '0');
    await store.enqueuePush(
      { deliveryId, pushUrl, userId: 'a', keyIds: [1], notification: '{}', createdAt: now },
      9,
    );
  }
  return {
    sending,
    createWorker,
    advance(ms: number) {
      now += ms;
    },
    /** Lets all pending tasks run. */
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

test('push worker: serves at most 16 push URLs concurrently, and the rest as slots become free', async () => {
  const { sending, createWorker, settle } = await createHangingWorker(40);
  const delivering = (await createWorker()).processQueue();
  await settle();
  expect(sending).toHaveLength(16);
  for (let finished = 0; finished < 40; finished += 1) {
    sending[finished]?.finish();
    await settle();
    expect(sending).toHaveLength(Math.min(finished + 17, 40));
  }
  await delivering;
  expect(new Set(sending.map(({ pushUrl }) => pushUrl)).size).toBe(40);
});

test('push worker: another worker resends after the lease of a crashed worker expires', async () => {
  const { sending, createWorker, settle, advance } = await createHangingWorker(1);
  void (await createWorker()).processQueue();
  await settle();
  const other = await createWorker();
  advance(9_999);
  await other.processQueue();
  expect(sending).toHaveLength(1);
  advance(1);
  const delivering = other.processQueue();
  await settle();
  expect(sending).toHaveLength(2);
  sending[1]?.finish();
  await delivering;
  advance(60_000);
  await other.processQueue();
  expect(sending).toHaveLength(2);
});

test('push worker: starts nothing after it is stopped', async () => {
  const { sending, createWorker } = await createHangingWorker(1);
  const worker = await createWorker();
  await worker.stop();
  await worker.processQueue();
  expect(sending).toEqual([]);
});
