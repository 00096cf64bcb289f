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

/** A network from which a key was used on a day. */
export interface KeyNetwork extends Pick<KeyUseCount, 'keyId' | 'day'> {
  /** A number below 65,536 that stands for the network. Many networks share it, so it reveals none of them. */
  readonly network: number;
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
  /** Stores networks. Ignores those of the same key and day that are stored already, also if several nodes add at once. */
  addKeyNetworks(networks: readonly KeyNetwork[]): Promise<void>;
  /** Returns the keys that were used from at least `min` networks on one day, most networks first, with their number. */
  listKeysOfManyNetworks(query: {
    sinceDay: number;
    min: number;
    limit: number;
  }): Promise<{ readonly keyId: number; readonly count: number }[]>;
  /** Deletes the counts and networks from before a day. */
  deleteOldKeyUses(query: { beforeDay: number }): Promise<void>;
}
