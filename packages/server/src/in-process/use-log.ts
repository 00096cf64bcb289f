import type { Evictable } from '../core/bounded-map.ts';
import { DAY_MS, MINUTE_MS, type UseLimits } from '../core/use-limits.ts';
import type { UseDecision } from '../ports/use-limiter.ts';

/** The timestamps of one key’s uses, no more than its windows need. */
export class UseLog implements Evictable {
  wasUsed = false;
  /** A ring whose size is a power of two; the oldest use is at `#start`. */
  #times: number[] = [];
  #start = 0;
  #count = 0;
  /** How many of the uses, the latest ones, are in the minute. */
  #inMinute = 0;

  /** Counts this use unless a window is full. */
  use(now: number, { perMinute, perDay }: UseLimits): UseDecision {
    this.dropExpired(now, perDay === Number.POSITIVE_INFINITY ? MINUTE_MS : DAY_MS);
    // A window is full while the limit-th newest use is in it.
    if (this.#count >= perDay) return this.#refuse('day', perDay, DAY_MS, now);
    if (this.#inMinute >= perMinute) return this.#refuse('minute', perMinute, MINUTE_MS, now);
    this.#add(now);
    return {
      allowed: true,
      remaining: {
        minute: {
          remaining: perMinute - this.#inMinute,
          resetSeconds: secondsUntil(this.#newest(this.#inMinute) + MINUTE_MS, now),
        },
        day: {
          remaining: perDay - this.#count,
          resetSeconds: secondsUntil(this.#newest(this.#count) + DAY_MS, now),
        },
      },
    };
  }

  /** Removes timestamps that no window needs. Returns whether the log is empty. */
  dropExpired(now: number, keptMs = DAY_MS): boolean {
    if (this.#count > 0 && this.#newest(1) > now) this.#clamp(now);
    while (this.#count > 0 && this.#newest(this.#count) <= now - keptMs) {
      this.#start = (this.#start + 1) & (this.#times.length - 1);
      this.#count -= 1;
    }
    this.#inMinute = Math.min(this.#inMinute, this.#count);
    while (this.#inMinute > 0 && this.#newest(this.#inMinute) <= now - MINUTE_MS) this.#inMinute -= 1;
    return this.#count === 0;
  }

  /** Returns the time of the latest use for 1, of the one before for 2, and so on. */
  #newest(nth: number): number {
    return this.#times[(this.#start + this.#count - nth) & (this.#times.length - 1)] as number;
  }

  #add(now: number): void {
    // The size of a literal is exact: `push` would reserve space for 17. Most keys are rarely used.
    if (this.#count === 0) this.#times = [now, now];
    // A full ring, repeated, keeps the order of its uses from `#start` on.
    else if (this.#count === this.#times.length) this.#times = this.#times.concat(this.#times);
    this.#times[(this.#start + this.#count) & (this.#times.length - 1)] = now;
    this.#count += 1;
    this.#inMinute += 1;
  }

  #refuse(window: 'minute' | 'day', limit: number, windowMs: number, now: number): UseDecision {
    return { allowed: false, window, waitSeconds: secondsUntil(this.#newest(limit) + windowMs, now) };
  }

  /** If the clock was set back, timestamps in the future are clamped to now; otherwise a key would stay blocked. */
  #clamp(now: number): void {
    this.#times = this.#times.map((time) => Math.min(time, now));
  }
}

const secondsUntil = (end: number, now: number): number => Math.max(1, Math.ceil((end - now) / 1000));
