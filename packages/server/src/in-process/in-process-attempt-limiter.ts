import type { AttemptLimiter, AttemptWindow } from '../ports/attempt-limiter.ts';

/** An attempt limiter that returns no promise. */
export interface InProcessAttemptLimiter<By extends string> extends AttemptLimiter<By> {
  count(...attempt: Parameters<AttemptLimiter<By>['count']>): number;
}

/** More values than this at a time indicate an attack. */
const MAX_KEYS = 20_000;

/**
 * Creates an attempt limiter in the memory of this process. Its sliding windows are exact: in any interval as long
 * as a window, at most `max` attempts pass. Count IP addresses by their `ipAddressGroup`.
 *
 * @param maxKeys for how many values, such as IP addresses, a window counts; beyond that, it drops the least recently used
 * @example
 * ```ts
 * const limiter = createInProcessAttemptLimiter([{ by: 'ipAddress', max: 60, seconds: 60 }]);
 * const waitSeconds = (ipAddress: string, now: number) => limiter.count({ ipAddress: ipAddressGroup(ipAddress) }, now);
 * ```
 */
export function createInProcessAttemptLimiter<By extends string>(
  windows: readonly AttemptWindow<By>[],
  maxKeys = MAX_KEYS,
): InProcessAttemptLimiter<By> {
  const logs = windows.map((window) => ({ ...window, times: new Map<string, number[]>() }));

  return {
    count(keys, now) {
      const counted = logs.flatMap(({ by, max, seconds, times }) => {
        const key = keys[by];
        if (key === undefined) return [];
        // If the clock was set back, timestamps in the future are clamped to now; otherwise a value would stay
        // blocked.
        const attempts = (times.get(key) ?? []).map((time) => Math.min(time, now));
        const recent = attempts.filter((time) => time > now - seconds * 1000);
        const oldest = recent[recent.length - max];
        const waitSeconds = oldest === undefined ? 0 : Math.ceil((oldest - now) / 1000) + seconds;
        return [{ key, times, recent, waitSeconds }];
      });
      for (const { key, times, recent } of counted) if (recent.length > 0) times.set(key, recent);
      const waitSeconds = Math.max(0, ...counted.map((each) => each.waitSeconds));
      if (waitSeconds > 0) return waitSeconds;
      for (const { key, times, recent } of counted) {
        times.delete(key);
        times.set(key, [...recent, now]);
        const [leastRecent] = times.keys();
        if (times.size > maxKeys && leastRecent !== undefined) times.delete(leastRecent);
      }
      return 0;
    },
  };
}
