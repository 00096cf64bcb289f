import type { MaybePromise } from '../core/maybe-promise.ts';

/** At most `max` attempts in any `seconds` seconds, counted separately for each value of `by`. */
export interface AttemptWindow<By extends string = string> {
  readonly by: By;
  readonly max: number;
  readonly seconds: number;
}

/**
 * Counts attempts of one kind, such as signing in, against all its windows. Every implementation passes
 * `attemptLimiterConformance` from `@valetkey/conformance`.
 */
export interface AttemptLimiter<By extends string = string> {
  /**
   * Counts this attempt if no window is full; a rejected attempt is not counted. Decides and counts atomically: the limit
   * is exact, however many attempts are concurrent. An attempt with a timestamp after `now` counts as one at
   * `now`.
   *
   * @param keys the values to count under; a window without a value does not count the attempt
   * @param now milliseconds, by the same clock in every call
   * @returns how many seconds to wait; 0 if the attempt was counted
   */
  count(keys: Readonly<Partial<Record<By, string>>>, now: number): MaybePromise<number>;
}

/**
 * Creates the limiter for one kind of attempt.
 *
 * @param name what is counted, such as `device-poll`: limiters with the same name share their counts if they share
 * their storage
 */
export type CreateAttemptLimiter = <By extends string>(
  name: string,
  windows: readonly AttemptWindow<By>[],
) => AttemptLimiter<By>;
