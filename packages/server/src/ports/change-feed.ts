import type { MaybePromise } from '../core/maybe-promise.ts';

/** What has changed. `id` is the SHA-256 of a key, a setting's name, a user's id, a client's id, or kind and value of a block; never a secret. */
export interface Change {
  readonly kind: 'key' | 'admin_key' | 'setting' | 'user' | 'client' | 'block';
  readonly id: string;
}

/** Ends a subscription: nothing is delivered to it afterwards. */
export type Unsubscribe = () => void;

/**
 * Notifies every node of a site of changes, so that no node uses an outdated cache. Every implementation passes
 * `changeFeedConformance` from `@valetkey/conformance`.
 *
 * A feed whose connection can fail implements `isCurrent` and `catchUp`. A node then uses its caches only while they
 * are current, and rejects requests with `store_unavailable` if it cannot catch up.
 */
export interface ChangeFeed {
  /** Call it after the change is committed. Delivers to every subscriber of every node, at least once. */
  publish(change: Change): MaybePromise<void>;
  /**
   * @param onChange must not throw
   * @param onGap called whenever changes may have been missed: the subscriber then empties its cache. A feed
   * without `isCurrent` calls it at least every two seconds while disconnected. Must not throw
   */
  subscribe(onChange: (change: Change) => void, onGap: () => void): Unsubscribe;
  /**
   * Returns whether all changes that were committed more than two seconds ago have been delivered. Called for each
   * request. Measures the time since the last successful query was sent, by a monotonic clock. It therefore returns
   * false after the process was paused. @default always true
   */
  isCurrent?(): boolean;
  /**
   * Delivers all changes that are committed, so that `isCurrent` returns true.
   *
   * @throws ValetkeyError `store_unavailable` if that is not possible now
   */
  catchUp?(): Promise<void>;
  /**
   * Returns how late changes may be, for metrics: the milliseconds since the last successful query was sent, or since the
   * feed was created. @default always 0
   */
  lagMs?(): number;
}
