import { DatabaseSync } from 'node:sqlite';

/** `table.column` → the texts in it, of one database file. */
export function readEveryColumn(path: string): Map<string, string[]> {
  const database = new DatabaseSync(path, { readOnly: true });
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .all();
  const columns = new Map<string, string[]>();
  for (const { name: table } of tables) {
    const query = database.prepare('SELECT name FROM pragma_table_info(?)');
    for (const { name } of query.all(String(table))) columns.set(`${table}.${name}`, []);
    // The name comes from the schema itself.
    const rows = database.prepare(`SELECT * FROM ${table}`).all();
    for (const row of rows)
      for (const [name, value] of Object.entries(row))
        if (value !== null) columns.get(`${table}.${name}`)?.push(String(value));
  }
  database.close();
  return columns;
}

/** A value, what is written in it as JSON, and its halves: what somebody would try who has read it. */
export function guessesFrom(value: string): string[] {
  const halves = value.length === 64 ? [value.slice(0, 32), value.slice(32)] : [];
  return [value, ...halves, ...leavesOf(value)];
}

function leavesOf(text: string): string[] {
  try {
    const leaves: string[] = [];
    JSON.parse(text, (_, leaf) => {
      if (typeof leaf === 'string') leaves.push(leaf);
      return leaf;
    });
    return leaves.flatMap((leaf) => (leaf === text ? [leaf] : [leaf, ...leavesOf(leaf)]));
  } catch {
    return [];
  }
}
