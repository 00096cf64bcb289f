import type { ClientBase, Pool, PoolClient } from 'pg';
import pg from 'pg';
import type { Database } from '../database/database.ts';
import { toPostgres } from '../database/dialects.ts';
import type { Query, Row, Statement, Work } from '../database/statement.ts';
import { isAnswer, isConflict, toStoreError } from './postgres-errors.ts';

/** How often a transaction runs that PostgreSQL rejects because of a concurrent one. */
const MAX_ATTEMPTS = 5;

const QUERY_TIMEOUT_MS = 5_000;

/**
 * Begins a transaction that ends by itself if this process is paused or cut off: others may wait for its locks. Set
 * for one transaction, because connections behind pgbouncer are shared.
 */
const BEGIN =
  'BEGIN; SET LOCAL statement_timeout = 4000; SET LOCAL idle_in_transaction_session_timeout = 2000';

const INT8 = 20;

/** Reads counts, ids and times as numbers; all of them are below 2⁵³. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)),
};

const ignore = () => {};

/** Sends one text with its values. @throws ValetkeyError `store_unavailable`; PostgresError */
export type Send = (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** @param timeoutMs the longest that this process waits for an answer */
export const createSend =
  (client: Pool | ClientBase, timeoutMs = QUERY_TIMEOUT_MS): Send =>
  async (text, values = []) => {
    try {
      // Without values the simple protocol is used, which accepts several statements.
      const query = {
        text,
        types,
        query_timeout: timeoutMs,
        ...(values.length > 0 && { values: [...values] }),
      };
      return (await client.query<Row>(query)).rows;
    } catch (error) {
      throw toStoreError(error);
    }
  };

/** PostgreSQL, with transactions that can send any text. */
export interface PostgresDatabase extends Database {
  /** Runs work in one transaction. The work may be called again. */
  inTransaction<Result>(work: (send: Send) => Promise<Result>): Promise<Result>;
}

/** Runs the statements of the store on a pool. */
export function createPostgresDatabase(pool: Pool): PostgresDatabase {
  const texts = new Map<Statement, string>();
  const sendAlone = createSend(pool);
  // An idle connection that fails is replaced; without a listener, its error would end the process.
  pool.on('error', ignore);

  function run(send: Send, { statement, parameters }: Query): Promise<readonly Row[]> {
    const text = texts.get(statement) ?? toPostgres(statement);
    texts.set(statement, text);
    return send(
      text,
      statement.names.map((name) => parameters[name]),
    );
  }

  async function runAll<Result>(send: Send, work: Work<Result>): Promise<Result> {
    let step = work.next();
    while (!step.done) step = work.next(await run(send, step.value));
    return step.value;
  }

  async function connect(): Promise<PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      throw toStoreError(error);
    }
  }

  async function attempt<Result>(work: (send: Send) => Promise<Result>): Promise<Result> {
    const client = await connect();
    // A connection can fail between two statements. The next one reports it; without a listener, the process would end.
    client.on('error', ignore);
    const release = (isBroken: boolean) => {
      if (!isBroken) client.off('error', ignore);
      client.release(isBroken);
    };
    const send = createSend(client);
    try {
      await send(BEGIN);
      const result = await work(send);
      await send('COMMIT');
      release(false);
      return result;
    } catch (error) {
      // Without an answer, the connection may still be in the transaction: it is closed.
      const isRolledBack =
        isAnswer(error) &&
        (await send('ROLLBACK').then(
          () => true,
          () => false,
        ));
      release(!isRolledBack);
      throw error;
    }
  }

  async function inTransaction<Result>(work: (send: Send) => Promise<Result>): Promise<Result> {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await attempt(work);
      } catch (error) {
        if (!isConflict(error) || attempts === MAX_ATTEMPTS) throw error;
      }
    }
  }

  return {
    run: (query) => run(sendAlone, query),
    transaction: (work) => inTransaction((send) => runAll(send, work())),
    inTransaction,
    // The files belong to the database server.
    eraseDeleted: () => true,
    close: () => pool.end(),
  };
}
