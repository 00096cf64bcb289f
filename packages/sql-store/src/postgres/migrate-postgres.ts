import { migrationToPostgres } from '../database/dialects.ts';
import { migrations } from '../schema/migrations.ts';
import { rejectNewerSchema } from '../schema/reject-newer-schema.ts';
import type { PostgresDatabase } from './postgres-database.ts';

/**
 * Creates the schema `valetkey`, or brings it up to date, in one transaction. Nodes that start at once run one after the
 * other: the lock belongs to the transaction, so it works behind pgbouncer too.
 */
export const migratePostgres = (database: PostgresDatabase): Promise<void> =>
  database.inTransaction(async (send) => {
    // A long migration of a large table is not cancelled.
    await send('SET LOCAL statement_timeout = 0');
    await send("SELECT pg_advisory_xact_lock(hashtextextended('valetkey migrations', 0))");
    await send(`CREATE SCHEMA IF NOT EXISTS valetkey;
      CREATE TABLE IF NOT EXISTS valetkey.schema_version (version BIGINT NOT NULL)`);
    const [row] = await send('SELECT version FROM valetkey.schema_version');
    const applied = Number(row?.version ?? 0);
    rejectNewerSchema(applied);
    if (applied === migrations.length) return;
    await send('SET LOCAL search_path TO valetkey');
    for (const migration of migrations.slice(applied)) await send(migrationToPostgres(migration));
    await send(
      row ? 'UPDATE schema_version SET version = $1' : 'INSERT INTO schema_version (version) VALUES ($1)',
      [migrations.length],
    );
  });
