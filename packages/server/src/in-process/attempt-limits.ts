/** So many attempts in so many seconds, for each value of what they are counted by. */
export interface AttemptWindow<By extends string = string> {
  readonly by: By;
  readonly max: number;
  readonly seconds: number;
}

/** Counts attempts of one kind against all its windows. */
export interface AttemptLimits<By extends string> {
  /**
   * Counts this attempt if every window has room for it; one that is refused counts nowhere. It decides and counts in
   * one turn, so of any number of parallel attempts exactly the limit passes.
   *
   * @param keys what the attempt is counted under; a window without a key does not count it
   * @param now milliseconds since 1970
   * @returns how many seconds to wait; 0 if it was let through
   */
  count(keys: Readonly<Partial<Record<By, string>>>, now: number): number;
}

/** Enough for a busy site; more than that at once is an attack, and then the longest unused are forgotten first. */
const MAX_KEYS = 20_000;

/**
 * Exact sliding windows: in no stretch of time of that length more than `max` go through. They live in the memory of this
 * process. Count addresses by their `ipAddressGroup`.
 *
 * @param maxKeys how many values are remembered for each window; beyond that, the longest unused is forgotten
 * @example
 * ```ts
 * const limits = createAttemptLimits([{ by: 'ipAddress', max: 60, seconds: 60 }]);
 * const waitSeconds = (ipAddress: string, now: number) => limits.count({ ipAddress: ipAddressGroup(ipAddress) }, now);
 * ```
 */
export function createAttemptLimits<By extends string>(
  windows: readonly AttemptWindow<By>[],
  maxKeys = MAX_KEYS,
): AttemptLimits<By> {
  const logs = windows.map((window) => ({ ...window, times: new Map<string, number[]>() }));

  return {
    count(keys, now) {
      const counted = logs.flatMap(({ by, max, seconds, times }) => {
        const key = keys[by];
        if (key === undefined) return [];
        const recent = (times.get(key) ?? []).filter((time) => time > now - seconds * 1000);
        const oldest = recent[recent.length - max];
        const waitSeconds = oldest === undefined ? 0 : Math.ceil((oldest - now) / 1000) + seconds;
        return [{ key, times, recent, waitSeconds }];
      });
      const waitSeconds = Math.max(0, ...counted.map((each) => each.waitSeconds));
      if (waitSeconds > 0) return waitSeconds;
      for (const { key, times, recent } of counted) {
        times.delete(key);
        times.set(key, [...recent, now]);
        const [longestUnused] = times.keys();
        if (times.size > maxKeys && longestUnused !== undefined) times.delete(longestUnused);
      }
      return 0;
    },
  };
}
