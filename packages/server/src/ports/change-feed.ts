import type { MaybePromise } from '../core/maybe-promise.ts';

/** What has changed. `id` is the SHA-256 of a key, a setting's name, a user's id or a client's id; never a secret. */
export interface Change {
  readonly kind: 'key' | 'admin_key' | 'setting' | 'user' | 'client';
  readonly id: string;
}

/** Ends a subscription: nothing is delivered to it afterwards. */
export type Unsubscribe = () => void;

/**
 * Notifies every node of a site of changes, so that none decides from an outdated cache. Every implementation passes
 * `changeFeedConformance` from `@valetkey/conformance`.
 */
export interface ChangeFeed {
  /** Call it after the change is committed. Delivers to every subscriber of every node, at least once. */
  publish(change: Change): MaybePromise<void>;
  /**
   * @param onChange must not throw
   * @param onGap called whenever changes may have been missed, and at least every two seconds while disconnected: the
   * subscriber then drops all that it has cached. Must not throw
   */
  subscribe(onChange: (change: Change) => void, onGap: () => void): Unsubscribe;
}
