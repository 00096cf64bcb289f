const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A power of two: positions wrap by masking. */
const FIRST_CAPACITY = 8;

/** How many uses are allowed in any 60 seconds and in any 24 hours. */
export interface UseLimits {
  readonly perMinute: number;
  readonly perDay: number;
}

/** Whether one more use fits; if not, which window is full and for how many seconds. */
export type LimitDecision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly window: 'minute' | 'day'; readonly waitSeconds: number };

/** What is left of one window. */
export interface Remaining {
  readonly remaining: number;
  /** Until the oldest use in the window leaves it; the whole window when there is none. */
  readonly resetSeconds: number;
}

/**
 * When a key was used in the last 24 hours: an exact sliding log, so that in no 60 seconds and no 24 hours more
 * than the limit goes through. A ring that grows as it is needed; every step costs the same however long it is.
 * It decides and counts in one turn, so of any number of parallel requests exactly the limit passes.
 */
export class UseLog {
  readonly #rememberedMs: number;
  // A plain array of doubles lies in the heap beside its owner; a typed one would be three jumps away.
  #times = createTimes(FIRST_CAPACITY);
  #start = 0;
  #length = 0;
  /** How many of the oldest uses have left the last minute. */
  #olderThanMinute = 0;

  /** @param rememberedMs how long a use is kept: a minute will do where there is no limit for the day */
  constructor(rememberedMs = DAY_MS) {
    this.#rememberedMs = rememberedMs;
  }

  /** Counts this use if both windows have room. A refused one is not counted. */
  use(now: number, limits: UseLimits): LimitDecision {
    this.#forgetOld(now);
    if (this.#length >= limits.perDay) {
      return {
        allowed: false,
        window: 'day',
        waitSeconds: this.#secondsUntilRoom(limits.perDay, DAY_MS, now),
      };
    }
    if (this.#length - this.#olderThanMinute >= limits.perMinute) {
      return {
        allowed: false,
        window: 'minute',
        waitSeconds: this.#secondsUntilRoom(limits.perMinute, MINUTE_MS, now),
      };
    }
    if (this.#length === this.#times.length) this.#grow();
    this.#times[(this.#start + this.#length) & (this.#times.length - 1)] = now;
    this.#length += 1;
    return { allowed: true };
  }

  remaining(now: number, limits: UseLimits): { minute: Remaining; day: Remaining } {
    this.#forgetOld(now);
    const inMinute = this.#length - this.#olderThanMinute;
    return {
      minute: {
        remaining: Math.max(0, limits.perMinute - inMinute),
        resetSeconds: inMinute === 0 ? 60 : secondsUntil(this.#at(this.#olderThanMinute) + MINUTE_MS, now),
      },
      day: {
        remaining: Math.max(0, limits.perDay - this.#length),
        resetSeconds: this.#length === 0 ? 86_400 : secondsUntil(this.#at(0) + DAY_MS, now),
      },
    };
  }

  /** The next request fits once the limit-th newest use has left the window. */
  #secondsUntilRoom(limit: number, windowMs: number, now: number): number {
    return secondsUntil(this.#at(this.#length - limit) + windowMs, now);
  }

  #at(index: number): number {
    return this.#times[(this.#start + index) & (this.#times.length - 1)] as number;
  }

  #forgetOld(now: number): void {
    while (this.#length > 0 && this.#at(0) <= now - this.#rememberedMs) {
      this.#start = (this.#start + 1) & (this.#times.length - 1);
      this.#length -= 1;
      if (this.#olderThanMinute > 0) this.#olderThanMinute -= 1;
    }
    while (this.#olderThanMinute < this.#length && this.#at(this.#olderThanMinute) <= now - MINUTE_MS) {
      this.#olderThanMinute += 1;
    }
  }

  #grow(): void {
    const larger = createTimes(this.#times.length * 2);
    for (let index = 0; index < this.#length; index += 1) larger[index] = this.#at(index);
    this.#times = larger;
    this.#start = 0;
  }
}

const secondsUntil = (moment: number, now: number): number => Math.max(1, Math.ceil((moment - now) / 1000));

/** Filled with a fraction, so that the engine keeps unboxed doubles from the start. */
const createTimes = (capacity: number): number[] => new Array<number>(capacity).fill(0.5);
