import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Database } from '../database/database.ts';
import { toSqlite } from '../database/dialects.ts';
import { rejectNewerSchema, type Schema } from '../database/schema.ts';
import type { Query, Row, Statement, Work } from '../database/statement.ts';
import { withStoreErrors } from './store-errors.ts';

/** The longest that one statement waits for a lock of another program. All HTTP requests wait with it. */
const BUSY_TIMEOUT_MS = 100;

/**
 * Prepares a connection, and brings the schema up to date. WAL with `synchronous=FULL` makes a commit durable, also
 * across `kill -9` and a power failure. `secure_delete` overwrites deleted content in the database file.
 */
export function prepareConnection(connection: DatabaseSync, schema: Schema): void {
  // The start may wait longer: no HTTP request waits for it.
  connection.exec(
    'PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON',
  );
  inTransaction(connection, () => migrate(connection, schema));
  connection.exec(`PRAGMA busy_timeout=${BUSY_TIMEOUT_MS}`);
}

function migrate(connection: DatabaseSync, schema: Schema): void {
  const applied = Number(connection.prepare('PRAGMA user_version').get()?.user_version);
  rejectNewerSchema(applied, schema);
  for (const migration of schema.migrations.slice(applied)) connection.exec(migration);
  // A PRAGMA takes no bound parameters; the number is ours.
  connection.exec(`PRAGMA user_version=${schema.migrations.length}`);
}

/** Runs statements on a prepared connection. Work runs synchronously, so no other work runs between. */
export function createSqliteDatabase(connection: DatabaseSync, schema: Schema, unlock = () => {}): Database {
  const prepared = new Map<Statement, StatementSync>();

  function prepare(statement: Statement): StatementSync {
    const made = connection.prepare(toSqlite(statement, schema.name));
    prepared.set(statement, made);
    return made;
  }

  function run({ statement, parameters }: Query): readonly Row[] {
    if (!statement.runsOnSqlite) return [];
    return (prepared.get(statement) ?? prepare(statement)).all(parameters) as Row[];
  }

  function runAll<Result>(work: Work<Result>): Result {
    let step = work.next();
    while (!step.done) step = work.next(run(step.value));
    return step.value;
  }

  const truncate = connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
  return {
    run: async (query) => withStoreErrors(() => run(query)),
    transaction: async (work) => withStoreErrors(() => inTransaction(connection, () => runAll(work()))),
    // A program that reads the database keeps the write-ahead log.
    eraseDeleted: () => withStoreErrors(() => truncate.get()?.busy === 0),
    async close() {
      connection.close();
      unlock();
    },
  };
}

/** Runs the work in a transaction. IMMEDIATE takes the write lock first, so that nothing changes between read and write. */
function inTransaction<T>(connection: DatabaseSync, work: () => T): T {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(connection);
    throw error;
  }
}

/** On a full disk SQLite ends the transaction itself. Node 22.13 cannot tell, and a failing ROLLBACK would hide the cause. */
function rollBack(connection: DatabaseSync): void {
  try {
    connection.exec('ROLLBACK');
  } catch {
    // No transaction is open.
  }
}
