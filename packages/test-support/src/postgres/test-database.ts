import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { PostgresServer } from './postgres-process.ts';
import { startPostgres } from './start-postgres.ts';

/** The server of `$DATABASE_URL`, else the local one, as Debian and most images of CI install it. */
const SERVER_URL = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A PostgreSQL database of its own, and empty. */
export interface TestDatabase {
  readonly url: string;
  /** Runs statements in it, without the store. */
  query(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Ends the connections of `query`. */
  end(): Promise<void>;
  /** Deletes it. */
  drop(): Promise<void>;
}

/** Creates a database on a server that answers, or on a new one. */
export async function createTestDatabase(server?: Pick<PostgresServer, 'url'>): Promise<TestDatabase> {
  const own = server || (await answers(SERVER_URL)) ? null : await startPostgres();
  const serverUrl = (server ?? own)?.url ?? SERVER_URL;
  const name = `valetkey_test_${randomBytes(8).toString('hex')}`;
  await runOnce(serverUrl, `CREATE DATABASE ${name}`);
  // Tests of durability pass their own server.
  if (!server) await runOnce(serverUrl, `ALTER DATABASE ${name} SET synchronous_commit = off`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 2 });
  pool.on('error', () => {});
  return {
    url: url.href,
    query: async (text, values = []) => (await pool.query({ text, values: [...values] })).rows,
    end: () => pool.end(),
    async drop() {
      if (!pool.ended) await pool.end();
      await runOnce(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
      await own?.remove();
    },
  };
}

/** Deletes all rows of the store, except its schema version and the number of its last change. Ids are not used again. */
export async function emptyTables({ query }: Pick<TestDatabase, 'query'>): Promise<void> {
  // Tables that refer to others come first.
  const tables = await query(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'valetkey' AND tablename NOT IN ('schema_version', 'change_counter')
     ORDER BY EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND conrelid = ('valetkey.' || tablename)::regclass) DESC`,
  );
  // TRUNCATE creates files and takes a hundred times as long. Without values, the statements are one transaction.
  await query(tables.map(({ tablename }) => `DELETE FROM valetkey.${tablename}`).join(';'));
}

async function runOnce(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Whether a server answers. One that is set and does not is an error. */
async function answers(url: string): Promise<boolean> {
  try {
    await runOnce(url, 'SELECT 1');
    return true;
  } catch (error) {
    if (process.env.DATABASE_URL !== undefined) throw error;
    return false;
  }
}
