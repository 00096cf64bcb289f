/**
 * One step through all records in the order of their ids. A call examines at most `limit` records, whether or not it
 * changes them, so that the total number of records does not affect its duration.
 */
export interface RecordBatch {
  /** 0 for the first call, then `lastId` of the previous one. */
  readonly afterId: number;
  readonly limit: number;
}

/** Where the next step begins. */
export interface BatchEnd {
  /** Id of the last record that was examined; null after the last batch. */
  readonly lastId: number | null;
}

/** A page of records, newest first. */
export interface RecordPage {
  /** Returns records with a smaller id only. @default null, for the newest page */
  readonly beforeId?: number | null;
  /** At most this many records. @default 100 */
  readonly limit?: number;
}
