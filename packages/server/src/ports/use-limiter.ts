import type { MaybePromise } from '../core/maybe-promise.ts';
import type { RemainingUses, UseLimits } from '../core/use-limits.ts';

/** The decision about one use: what remains after it, or which window is full and for how many seconds. */
export type UseDecision =
  | { readonly allowed: true; readonly remaining: RemainingUses }
  | { readonly allowed: false; readonly window: 'minute' | 'day'; readonly waitSeconds: number };

/**
 * Counts the uses of keys in two exact sliding windows. Every implementation passes `useLimiterConformance` from
 * `@valetkey/conformance`.
 */
export interface UseLimiter {
  /**
   * Counts this use if neither window is full. A rejected use is not counted. Decides and counts atomically. The
   * limit is exact, however many uses are concurrent, on any number of nodes.
   *
   * A stored use with a time after `now` counts as a use at `now`. Therefore no key is blocked for longer than the
   * window if the clock is set back.
   *
   * @param key kind and id, such as `key:7`
   * @param now milliseconds, by the same clock in every call
   */
  use(key: string, now: number, limits: UseLimits): MaybePromise<UseDecision>;
  /** Whether all nodes of a site count together. @default false */
  readonly isShared?: boolean;
}
