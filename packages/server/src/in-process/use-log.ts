import type { Evictable } from '../core/bounded-map.ts';
import { DAY_MS, MINUTE_MS, type Remaining, type UseLimits } from '../core/use-limits.ts';
import type { UseDecision } from '../ports/use-limiter.ts';

/** The maximum number of expired timestamps at the front before the array is compacted. */
const MAX_EXPIRED = 32;

/** The timestamps of one key’s uses, oldest first; no more than its windows need. */
export class UseLog implements Evictable {
  wasUsed = false;
  #times: number[] = [];
  /** Index of the first use in the day and in the minute. They only increase. */
  #day = 0;
  #minute = 0;

  /** Counts this use unless a window is full. */
  use(now: number, { perMinute, perDay }: UseLimits): UseDecision {
    this.dropExpired(now, perDay === Number.POSITIVE_INFINITY ? MINUTE_MS : DAY_MS);
    const times = this.#times;
    // A window is full while the limit-th newest use is in it.
    const lastOfDay = times.length - perDay;
    if (lastOfDay >= this.#day) {
      return { allowed: false, window: 'day', waitSeconds: secondsUntilEnd(times[lastOfDay], DAY_MS, now) };
    }
    const lastOfMinute = times.length - perMinute;
    if (lastOfMinute >= this.#minute) {
      const waitSeconds = secondsUntilEnd(times[lastOfMinute], MINUTE_MS, now);
      return { allowed: false, window: 'minute', waitSeconds };
    }
    times.push(now);
    const minute = this.#remaining(this.#minute, MINUTE_MS, perMinute, now);
    return { allowed: true, remaining: { minute, day: this.#remaining(this.#day, DAY_MS, perDay, now) } };
  }

  /** Removes timestamps that no window needs. @returns whether the log is empty */
  dropExpired(now: number, keptMs = DAY_MS): boolean {
    const times = this.#times;
    // If the clock was set back, timestamps in the future are clamped to now; otherwise a key would stay blocked.
    for (let last = times.length - 1; last >= 0 && (times[last] as number) > now; last -= 1)
      times[last] = now;
    this.#minute = firstAfter(times, this.#minute, now - MINUTE_MS);
    this.#day = firstAfter(times, this.#day, now - keptMs);
    if (this.#day === times.length || this.#day > Math.max(MAX_EXPIRED, times.length / 8)) {
      this.#times = times.slice(this.#day);
      this.#minute -= this.#day;
      this.#day = 0;
    }
    return this.#times.length === 0;
  }

  #remaining(first: number, windowMs: number, limit: number, now: number): Remaining {
    return {
      remaining: limit - (this.#times.length - first),
      resetSeconds: secondsUntilEnd(this.#times[first], windowMs, now),
    };
  }
}

function firstAfter(times: readonly number[], from: number, start: number): number {
  let index = from;
  while (index < times.length && (times[index] as number) <= start) index += 1;
  return index;
}

const secondsUntilEnd = (usedAt = 0, windowMs: number, now: number): number =>
  Math.max(1, Math.ceil((usedAt + windowMs - now) / 1000));
