import { migrations } from '../schema/migrations.ts';
import type { PostgresDatabase } from './postgres-database.ts';

/** @throws Error if the database has no schema of Valetkey, or another one than this version needs */
export async function requireCurrentSchema(database: PostgresDatabase): Promise<void> {
  const applied = await database.inTransaction(async (send) => {
    const [found] = await send("SELECT pg_catalog.to_regclass('valetkey.schema_version')::text AS name");
    if (found?.name === null) return 0;
    const [row] = await send('SELECT version FROM valetkey.schema_version');
    return Number(row?.version ?? 0);
  });
  if (applied === migrations.length) return;
  throw new Error(
    `The database has schema ${applied}; this version needs ${migrations.length}. ${applied < migrations.length ? 'Make a backup, and migrate it.' : 'Use the version of the site.'}`,
  );
}
