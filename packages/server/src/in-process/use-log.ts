import type { Evictable } from '../core/bounded-map.ts';
import { DAY_MS, MINUTE_MS, type UseLimits } from '../core/use-limits.ts';
import type { UseDecision } from '../ports/use-limiter.ts';

/** The maximum number of expired timestamps at the front before the array is compacted. */
const MAX_EXPIRED = 32;

/**
 * The timestamps of one key’s uses, oldest first; no more than its windows need. Values that most uses need are
 * fields, because with very many keys each additional memory access is slow.
 */
export class UseLog implements Evictable {
  wasUsed = false;
  #times: number[] = [];
  #length = 0;
  /** The latest use. */
  #last = Number.NEGATIVE_INFINITY;
  /**
   * Index of the first use in the minute and in the day, and when these leave the windows. The indexes only increase.
   */
  #minute = 0;
  #minuteEnds = Number.POSITIVE_INFINITY;
  #day = 0;
  #dayEnds = Number.POSITIVE_INFINITY;

  /** Counts this use unless a window is full. */
  use(now: number, { perMinute, perDay }: UseLimits): UseDecision {
    this.dropExpired(now, perDay === Number.POSITIVE_INFINITY ? MINUTE_MS : DAY_MS);
    // A window is full while the limit-th newest use is in it.
    const lastOfDay = this.#length - perDay;
    if (lastOfDay >= this.#day) return this.#refuse('day', lastOfDay, DAY_MS, now);
    const lastOfMinute = this.#length - perMinute;
    if (lastOfMinute >= this.#minute) return this.#refuse('minute', lastOfMinute, MINUTE_MS, now);
    if (this.#minute === this.#length) this.#minuteEnds = now + MINUTE_MS;
    if (this.#day === this.#length) this.#dayEnds = now + DAY_MS;
    this.#times.push(now);
    this.#length += 1;
    this.#last = now;
    return {
      allowed: true,
      remaining: {
        minute: {
          remaining: perMinute - (this.#length - this.#minute),
          resetSeconds: secondsUntil(this.#minuteEnds, now),
        },
        day: {
          remaining: perDay - (this.#length - this.#day),
          resetSeconds: secondsUntil(this.#dayEnds, now),
        },
      },
    };
  }

  #refuse(window: 'minute' | 'day', index: number, windowMs: number, now: number): UseDecision {
    const leaves = (this.#times[index] as number) + windowMs;
    return { allowed: false, window, waitSeconds: secondsUntil(leaves, now) };
  }

  /** Removes timestamps that no window needs. Returns whether the log is empty. */
  dropExpired(now: number, keptMs = DAY_MS): boolean {
    if (this.#last > now) this.#clamp(now);
    if (this.#minuteEnds <= now) {
      this.#minute = this.#firstAfter(now - MINUTE_MS, this.#minute);
      this.#minuteEnds = this.#endOf(this.#minute, MINUTE_MS);
    }
    if (this.#dayEnds - DAY_MS + keptMs <= now) this.#dropDay(now - keptMs);
    return this.#length === 0;
  }

  #dropDay(start: number): void {
    this.#day = this.#firstAfter(start, this.#day);
    this.#dayEnds = this.#endOf(this.#day, DAY_MS);
    if (this.#day < this.#length && this.#day <= Math.max(MAX_EXPIRED, this.#length / 8)) return;
    this.#times = this.#times.slice(this.#day);
    this.#length = this.#times.length;
    this.#minute -= this.#day;
    this.#day = 0;
  }

  /** If the clock was set back, timestamps in the future are clamped to now; otherwise a key would stay blocked. */
  #clamp(now: number): void {
    this.#times = this.#times.map((time) => Math.min(time, now));
    this.#last = now;
    this.#minuteEnds = this.#endOf(this.#minute, MINUTE_MS);
    this.#dayEnds = this.#endOf(this.#day, DAY_MS);
  }

  #firstAfter(start: number, from: number): number {
    let index = from;
    while (index < this.#length && (this.#times[index] as number) <= start) index += 1;
    return index;
  }

  #endOf(index: number, windowMs: number): number {
    return index === this.#length ? Number.POSITIVE_INFINITY : (this.#times[index] as number) + windowMs;
  }
}

const secondsUntil = (end: number, now: number): number => Math.max(1, Math.ceil((end - now) / 1000));
