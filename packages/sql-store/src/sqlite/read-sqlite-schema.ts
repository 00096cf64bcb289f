import { DatabaseSync } from 'node:sqlite';
import { migrations } from '../schema/migrations.ts';

/** Returns the schema that a database has, and the one that this version needs. Changes nothing. */
export function readSqliteSchema(path: string): { readonly applied: number; readonly current: number } {
  const connection = new DatabaseSync(path, { readOnly: true });
  try {
    const applied = Number(connection.prepare('PRAGMA user_version').get()?.user_version);
    return { applied, current: migrations.length };
  } finally {
    connection.close();
  }
}
