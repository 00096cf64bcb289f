/** The tables of a program. In PostgreSQL they are in a schema; in SQLite they have a file of their own. */
export interface Schema {
  /** The schema of PostgreSQL. Statements write it before the name of each table. */
  readonly name: string;
  /** Written for SQLite. The position is the schema version: append only. */
  readonly migrations: readonly string[];
}

/** Throws if the database has more migrations than this program. */
export function rejectNewerSchema(applied: number, { migrations }: Schema): void {
  if (applied <= migrations.length) return;
  throw new Error(
    'This database was written by a newer version of Valetkey. Update the program, then start again.',
  );
}
