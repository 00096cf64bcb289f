// Measures one number of keys in its own process, so that its memory contains nothing else.
import { createMemoryStore } from '@valetkey/server/store/memory';
import { addKeys, createBenchSite } from '../bench-site.ts';
import { measureInTurn } from './measure.ts';
import type { WarmResult } from './run-process.ts';
import { hashAndMapCase, hashCase, randomOrder, warmCase } from './warm-cases.ts';

const MIN_OPERATIONS = 200_000;
const [, , keyCountText = '', roundsText = ''] = process.argv;
const keyCount = Number(keyCountText);
const memoryStore = createMemoryStore();
// Returns new objects like a database, so that the memory of cached keys is measured.
const store: typeof memoryStore = {
  ...memoryStore,
  findKeyByHash: async (keyHash) => structuredClone(await memoryStore.findKeyByHash(keyHash)),
};
const site = await createBenchSite({ store, keyCount, hasUsersRevision: true });
// Added after the start of the site, whose jobs would read every key.
const keys = await addKeys(memoryStore, keyCount);

const before = usedBytes();
for (const key of keys) {
  const result = await site.verify(key, '192.0.2.1', 'bench');
  if (!result.allowed) throw new Error(`The benchmark's own key was rejected: ${result.code}.`);
}
const bytesPerKey = (usedBytes() - before) / keyCount;

// At least one use per key: a shorter order, repeated, would exceed the limits of some keys.
const order = randomOrder(keys, Math.max(MIN_OPERATIONS, keyCount));
const observed = await createBenchSite({ store, keyCount, hasUsersRevision: true, hasMetrics: true });
for (const key of keys) await observed.verify(key, '192.0.2.1', 'bench');
const { cpu: times } = await measureInTurn(
  [
    hashCase(order),
    hashAndMapCase(keys, order),
    warmCase(site, order),
    { ...warmCase(observed, order), name: 'verify, with metrics' },
  ],
  Number(roundsText),
);
process.send?.({ times, bytesPerKey } satisfies WarmResult);
await site.close();
await observed.close();

/** Returns the bytes of objects and typed arrays after a garbage collection. */
function usedBytes(): number {
  if (!globalThis.gc) throw new Error('Start this process with --expose-gc.');
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
