import { BoundedMap } from '../core/bounded-map.ts';
import type { UseDecision, UseLimiter } from '../ports/use-limiter.ts';
import { UseLog } from './use-log.ts';

/** A use limiter that returns no promise. */
export interface InProcessUseLimiter extends UseLimiter {
  use(...use: Parameters<UseLimiter['use']>): UseDecision;
  /** The number of keys with counted uses. */
  readonly size: number;
}

const SECOND_MS = 1_000;
/** All logs are examined within this time, while keys are used. */
const SWEEP_MS = 3_600_000;
/** Limits the duration of a sweep to some milliseconds. */
const MAX_SWEPT = 50_000;

/**
 * Creates a use limiter in the memory of this process. It is exact and needs 8 to 16 bytes for each counted use.
 * Memory of unused keys is freed within an hour while other keys are used.
 *
 * @param options.maxKeys beyond that, the counts of keys that were not used recently are dropped. @default
 *   1,000,000
 */
export function createInProcessUseLimiter({ maxKeys = 1_000_000 } = {}): InProcessUseLimiter {
  const logs = new BoundedMap<UseLog>(maxKeys);
  let sweeper = logs.entries();
  let sweptAt = 0;

  /** Examines all logs within `SWEEP_MS`, a part of them each second. */
  function sweep(now: number, elapsed: number): void {
    sweptAt = now;
    const part = Math.min(Math.abs(elapsed) / SWEEP_MS, 1);
    const count = Math.min(Math.ceil(logs.size * part), MAX_SWEPT);
    for (let looked = 0; looked < count; looked += 1) {
      const next = sweeper.next();
      if (next.done) {
        sweeper = logs.entries();
        return;
      }
      const [key, log] = next.value;
      if (log.dropExpired(now)) logs.delete(key);
    }
  }

  return {
    get size() {
      return logs.size;
    },
    use(key, now, limits) {
      const elapsed = now - sweptAt;
      if (elapsed >= SECOND_MS || elapsed < 0) sweep(now, elapsed);
      let log = logs.get(key);
      if (log === undefined) {
        log = new UseLog();
        logs.set(key, log);
      }
      return log.use(now, limits);
    },
  };
}
