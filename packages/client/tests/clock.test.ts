import { expect, test } from 'vitest';
import { systemClock } from '../src/clock.ts';

test('the runtime’s own clock only grows, ends a wait, and lets a signal end it sooner', async () => {
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
