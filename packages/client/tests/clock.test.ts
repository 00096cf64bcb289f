import { expect, test } from 'vitest';
import { systemClock } from '../src/clock.ts';

test('systemClock: is monotonic, and its wait ends early if the signal aborts', async () => {
  const before = systemClock.now();
  await systemClock.wait(1);
  expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  const reason = new Error('enough');
  const stop = new AbortController();
  const waiting = systemClock.wait(60_000, stop.signal);
  stop.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  await expect(systemClock.wait(60_000, stop.signal)).rejects.toBe(reason);
});
