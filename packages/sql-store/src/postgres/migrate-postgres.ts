import { migrationToPostgres } from '../database/dialects.ts';
import { rejectNewerSchema, type Schema } from '../database/schema.ts';
import type { PostgresDatabase } from './postgres-database.ts';

/**
 * Creates a schema, or brings it up to date, in one transaction. Nodes that start at once run one after the
 * other: the lock belongs to the transaction, so it works behind pgbouncer too.
 */
export const migratePostgres = (database: PostgresDatabase, schema: Schema): Promise<void> =>
  database.inTransaction(async (send) => {
    const { name, migrations } = schema;
    // A long migration of a large table is not cancelled.
    await send('SET LOCAL statement_timeout = 0');
    await send('SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended($1, 0))', [
      `${name} migrations`,
    ]);
    await send(`CREATE SCHEMA IF NOT EXISTS ${name};
      CREATE TABLE IF NOT EXISTS ${name}.schema_version (version BIGINT NOT NULL)`);
    const [row] = await send(`SELECT version FROM ${name}.schema_version`);
    const applied = Number(row?.version ?? 0);
    rejectNewerSchema(applied, schema);
    if (applied === migrations.length) return;
    await send(`SET LOCAL search_path TO ${name}`);
    for (const migration of migrations.slice(applied)) await send(migrationToPostgres(migration));
    await send(
      row ? 'UPDATE schema_version SET version = $1' : 'INSERT INTO schema_version (version) VALUES ($1)',
      [migrations.length],
    );
  });
