/** A queued POST. Contains no key and no secret: the body is created when it is sent, for keys active then. */
export interface QueuedPush {
  readonly id: number;
  /** 32 hex digits that no other push has. The same in every attempt, so that a receiver can detect a repetition. */
  readonly deliveryId: string;
  readonly pushUrl: string;
  readonly userId: string;
  /** The keys that the notification was queued for. */
  readonly keyIds: readonly number[];
  /** The notification as JSON. */
  readonly notification: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The number of failed attempts. */
  readonly attempts: number;
}

/** A push before it is queued; the store assigns the id. */
export type NewPush = Omit<QueuedPush, 'id' | 'attempts'>;

/** A push that one worker may send; no other worker gets it until the lease expires. */
export interface ClaimedPush extends QueuedPush {
  /** The number of consecutive failures of its push URL. */
  readonly targetFailures: number;
  /** Milliseconds since 1970. Also identifies this claim. */
  readonly leasedUntil: number;
}

/** The result of sending a claimed push. */
export interface PushCompletion {
  /** True removes the push, delivered or not; false keeps it for another attempt. */
  readonly isDone: boolean;
  readonly targetFailures: number;
  /** The earliest time of the next request to this push URL. Milliseconds since 1970. */
  readonly notBefore: number;
}

/**
 * Stores the queue of pushes (PROTOCOL.md#push). Part of `Store`; the guarantees there apply.
 *
 * One worker at a time serves a push URL, and a lease names it. If a worker fails, its push URL is blocked until the
 * lease expires, and nothing is lost. `now` and `leasedUntil` come from the clock of the calling node. A node whose
 * clock is fast by d takes a lease d too early. The worker’s lease exceeds the longest attempt by 5 seconds, so
 * clocks may differ by 5 seconds. If they differ by more, a push can arrive twice, with the same `deliveryId`; no push
 * is lost.
 */
export interface PushStore {
  /**
   * Stores the push. Returns false, and stores nothing, if `maxQueued` pushes are queued for its push URL. Concurrent
   * calls never exceed `maxQueued`: a store locks the push URL before it counts, in PostgreSQL with `SELECT … FOR
   * UPDATE` on its row or `pg_advisory_xact_lock(hashtext(push_url))`.
   */
  enqueuePush(push: NewPush, maxQueued: number): Promise<boolean>;
  /**
   * Returns a push whose URL is neither leased nor delayed at `now`, and leases its URL. Of several concurrent calls,
   * only one gets each URL. Prefers the URL that was served least recently. Within it, prefers the push with the fewest
   * attempts, then the oldest. So a push that always fails does not block the others.
   */
  claimPush(lease: { now: number; leasedUntil: number }): Promise<ClaimedPush | null>;
  /**
   * Ends the lease and stores the result. Returns false, and changes nothing, if the lease expired and another worker
   * has the push URL; that worker's result counts then.
   */
  completePush(claim: ClaimedPush, completion: PushCompletion): Promise<boolean>;
}
