/** One POST that waits to be sent. Holds no key and no secret: the body is made when it is sent, for keys live then. */
export interface QueuedPush {
  readonly id: number;
  /** The same in every attempt, so that a receiver can tell a repeat: 32 hex digits that no other push has. */
  readonly deliveryId: string;
  readonly pushUrl: string;
  readonly userId: string;
  /** The keys that were to be told when the notification was raised. */
  readonly keyIds: readonly number[];
  /** What happened, as JSON. */
  readonly notification: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** How often it was tried and has to be tried again. */
  readonly attempts: number;
}

/** A push before it is queued; the store gives it its number. */
export type NewPush = Omit<QueuedPush, 'id' | 'attempts'>;

/** A push that one worker may send now, and nobody else until the lease is over. */
export interface ClaimedPush extends QueuedPush {
  /** Attempts in a row that its push URL has not taken. */
  readonly targetFailures: number;
  /** Milliseconds since 1970; also what tells this claim from a later one. */
  readonly leasedUntil: number;
}

/** What became of a claimed push. */
export interface PushSettlement {
  /** It leaves the queue, delivered or not; otherwise it is tried again. */
  readonly isDone: boolean;
  readonly targetFailures: number;
  /** Nothing is sent to this push URL before. Milliseconds since 1970. */
  readonly notBefore: number;
}

/**
 * The queue of pushes (PROTOCOL.md section 11): part of `Store`, atomic and durable like the rest of it. A push URL is
 * served by one worker at a time; a lease says which, so that a worker that dies delays its push URL and loses nothing.
 */
export interface PushStore {
  /**
   * Stores it, unless `maxQueued` wait for its push URL already: false then. Of any number at once, no more than
   * `maxQueued` are there afterwards.
   */
  queuePush(push: NewPush, maxQueued: number): Promise<boolean>;
  /**
   * Takes a push whose URL is neither leased nor to be left alone at this moment, and leases its URL. Of any number of
   * nodes that ask at once, each URL goes to one. Whoever was served least recently comes first among URLs; within
   * one, what was tried least often, then the oldest, so that a push that is never taken does not hold up the rest.
   */
  claimPush(lease: { now: number; leasedUntil: number }): Promise<ClaimedPush | null>;
  /**
   * Ends the lease and writes down what became of it. False, and nothing is changed, if the lease ran out and somebody
   * else has the push URL: then theirs is what counts, and the push may arrive twice.
   */
  settlePush(claim: ClaimedPush, settlement: PushSettlement): Promise<boolean>;
}
