/** How often requests with a key had one outcome on one day. */
export interface KeyUseCount {
  /** The id of a key; the negative id of an OAuth grant. */
  readonly keyId: number;
  /** Days since 1970, in UTC. */
  readonly day: number;
  /**
   * `allowed`, or the code of the refusal. The scopes that were required follow after a colon:
   * `scope_insufficient:write`.
   */
  readonly outcome: string;
  readonly count: number;
}

/**
 * Counts the requests of user keys per day. Part of `Store`; the guarantees there apply. The counts are for pages only:
 * no decision depends on them. A crash can therefore lose some counts.
 */
export interface KeyUseStore {
  /** Adds to the counts of the same key, day and outcome, also if several nodes add at once. */
  addKeyUses(counts: readonly KeyUseCount[]): Promise<void>;
  /** Returns the counts of these keys since a day, in any order. */
  listKeyUses(query: { keyIds: readonly number[]; sinceDay: number }): Promise<KeyUseCount[]>;
  /** Returns the counts of all keys since a day, summed by day and outcome, in any order. */
  sumKeyUses(query: { sinceDay: number }): Promise<Omit<KeyUseCount, 'keyId'>[]>;
  /** Returns the keys with the most refusals since a day, most first, with their number. */
  listRefusedKeys(query: {
    sinceDay: number;
    limit: number;
  }): Promise<{ readonly keyId: number; readonly count: number }[]>;
  /** Deletes the counts from before a day. */
  deleteOldKeyUses(query: { beforeDay: number }): Promise<void>;
}
