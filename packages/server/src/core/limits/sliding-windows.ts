export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

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

/** What is left of both windows. */
export interface RemainingUses {
  readonly minute: Remaining;
  readonly day: Remaining;
}

/** What is left of a key's limits, also after the key has made room for another. */
export interface KeyUses {
  remaining(now: number, limits: UseLimits): RemainingUses;
}

/** Moments of use in order of time: how many, and each by its index, the oldest first. */
export interface UseTimes {
  readonly length: number;
  at(index: number): number;
}

const ALLOWED: LimitDecision = { allowed: true };

/** Whether one more use fits into both windows: exact, because every use in them is known. */
export function decideUse(uses: UseTimes, now: number, limits: UseLimits): LimitDecision {
  const day = waitSeconds(uses, now, DAY_MS, limits.perDay);
  if (day > 0) return { allowed: false, window: 'day', waitSeconds: day };
  const minute = waitSeconds(uses, now, MINUTE_MS, limits.perMinute);
  return minute > 0 ? { allowed: false, window: 'minute', waitSeconds: minute } : ALLOWED;
}

/** What is left of both windows at this moment. */
export function remainingUses(uses: UseTimes, now: number, limits: UseLimits): RemainingUses {
  return {
    minute: remainingIn(uses, now, MINUTE_MS, limits.perMinute),
    day: remainingIn(uses, now, DAY_MS, limits.perDay),
  };
}

/** A window is full while the limit-th newest use is in it. 0 if it has room. */
function waitSeconds(uses: UseTimes, now: number, windowMs: number, limit: number): number {
  const index = uses.length - limit;
  if (index < 0) return 0;
  const leavesAt = uses.at(index) + windowMs;
  return leavesAt > now ? secondsUntil(leavesAt, now) : 0;
}

function remainingIn(uses: UseTimes, now: number, windowMs: number, limit: number): Remaining {
  const { length } = uses;
  // The first use inside the window: they are in order of time, so half of what is left is ruled out each time.
  let first = 0;
  for (let end = length; first < end; ) {
    const middle = (first + end) >> 1;
    if (uses.at(middle) > now - windowMs) end = middle;
    else first = middle + 1;
  }
  return {
    remaining: Math.max(0, limit - (length - first)),
    resetSeconds: first === length ? windowMs / 1000 : secondsUntil(uses.at(first) + windowMs, now),
  };
}

const secondsUntil = (moment: number, now: number): number => Math.max(1, Math.ceil((moment - now) / 1000));
