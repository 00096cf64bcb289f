import { DatabaseSync } from 'node:sqlite';

/** The rows and column names of a table. */
export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Returns all tables of a database file by name. */
export function readTables(path: string): ReadonlyMap<string, Table> {
  const database = new DatabaseSync(path, { readOnly: true });
  const columns = database.prepare('SELECT name FROM pragma_table_info(?)');
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    .all()
    .map(({ name: table }) => {
      const names = columns.all(String(table)).map(({ name }) => String(name));
      // The name comes from the schema.
      return [String(table), { names, rows: database.prepare(`SELECT * FROM ${table}`).all() }] as const;
    });
  database.close();
  return new Map(tables);
}

/** The counts of uses per day, which pages show. */
export const COUNTS_OF_USES = 'user_api_key_uses';
const COUNTED: readonly string[] = [COUNTS_OF_USES, 'user_api_key_networks'];

/**
 * Returns the tables that define privileges: all except last uses, counts of uses and networks, and pending device requests, which
 * everyone may create.
 */
export function readPrivileges(path: string): ReadonlyMap<string, string> {
  const kept = [...readTables(path)].filter(([table]) => !COUNTED.includes(table));
  const tables = kept.map(([table, { rows }]) => {
    const isOpen = (row: Table['rows'][number]) =>
      table === 'device_grants' &&
      row.state === 'pending' &&
      row.user_id === null &&
      row.approval_token_hash === null;
    return [table, JSON.stringify(rows.filter((row) => !isOpen(row)).map(withoutUse))] as const;
  });
  return new Map(tables);
}

function withoutUse(row: Table['rows'][number]) {
  const { last_used_at, last_used_ip_address, last_used_user_agent, ...kept } = row;
  return kept;
}

/** Returns the names of tables that differ. Names only, so that no content appears in test output. */
export function findChanged(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...after.keys()].filter((table) => before.get(table) !== after.get(table));
}
