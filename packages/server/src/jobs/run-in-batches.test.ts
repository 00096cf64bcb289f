import { newKey } from '@valetkey/conformance/fixtures';
import { expect, test } from 'vitest';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';
import { runInBatches } from './run-in-batches.ts';

test('runInBatches: covers every record once, and yields to other work between batches', async () => {
  const store = createMemoryStore();
  for (let index = 0; index < 201; index += 1)
    await store.replaceKey(newKey({ clientId: `client-${index}`, createdAt: 10 }));
  let turns = 0;
  const count = () => {
    turns += 1;
    immediate = setImmediate(count);
  };
  let immediate = setImmediate(count);
  const batches: { turns: number; revoked: number }[] = [];
  await runInBatches(async (batch) => {
    const stale = { unusedSince: 50, approvedBefore: null, revokedAt: 100 };
    const { revoked, lastId } = await store.revokeStaleKeys({ ...stale, ...batch });
    batches.push({ turns, revoked: revoked.length });
    return { lastId };
  });
  clearImmediate(immediate);
  expect(batches.map(({ revoked }) => revoked)).toEqual([100, 100, 1]);
  const [first, second, third] = batches.map((batch) => batch.turns);
  expect(first).toBeLessThan(second ?? 0);
  expect(second).toBeLessThan(third ?? 0);
});
