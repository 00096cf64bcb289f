import type { Query, Row, Work } from './statement.ts';

export { lockFor } from './lock-for.ts';
export type { Schema } from './schema.ts';
export {
  type Parameters,
  type Query,
  type Row,
  type Statement,
  statement,
  type Value,
  type Work,
} from './statement.ts';

/** A connection to SQLite, or a pool of connections to PostgreSQL. */
export interface Database {
  /** Runs one statement. */
  run(query: Query): Promise<readonly Row[]>;
  /**
   * Runs work in one transaction, which commits if the work returns and rolls back if it throws. The work may be
   * called again if the database rejected the transaction because of a concurrent one.
   *
   * A transaction of SQLite holds the write lock from the start. One of PostgreSQL is READ COMMITTED: work that reads
   * and then writes takes a lock first, see `lockFor`.
   */
  transaction<Result>(work: () => Work<Result>): Promise<Result>;
  /**
   * Overwrites deleted content in files of the database, as far as this program controls them. Returns false to be
   * called again later.
   */
  eraseDeleted(): boolean;
  close(): Promise<void>;
}
