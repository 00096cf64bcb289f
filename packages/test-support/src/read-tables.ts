import { DatabaseSync } from 'node:sqlite';

/** What is in a table, and what its columns are called. */
export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Every table of a database file, by its name. */
export function readTables(path: string): ReadonlyMap<string, Table> {
  const database = new DatabaseSync(path, { readOnly: true });
  const columns = database.prepare('SELECT name FROM pragma_table_info(?)');
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    .all()
    .map(({ name: table }) => {
      const names = columns.all(String(table)).map(({ name }) => String(name));
      // The name comes from the schema itself.
      return [String(table), { names, rows: database.prepare(`SELECT * FROM ${table}`).all() }] as const;
    });
  database.close();
  return new Map(tables);
}

/**
 * What decides who may do what, of a server's database: everything but when a key was used, and devices that wait
 * for somebody, as anybody may.
 */
export function readPrivileges(path: string): ReadonlyMap<string, string> {
  const tables = [...readTables(path)].map(([table, { rows }]) => {
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

/** The tables that are not the same. Their names alone: what is in them is in no test's output. */
export function findChanged(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...after.keys()].filter((table) => before.get(table) !== after.get(table));
}
