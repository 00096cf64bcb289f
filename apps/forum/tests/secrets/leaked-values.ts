import { readTables } from '@valetkey/test-support/read-tables';

/** `table.column` → the texts in it, of one database file. */
export function readEveryColumn(path: string): Map<string, string[]> {
  const columns = new Map<string, string[]>();
  for (const [table, { names, rows }] of readTables(path)) {
    for (const name of names) columns.set(`${table}.${name}`, []);
    for (const row of rows)
      for (const [name, value] of Object.entries(row))
        if (value !== null) columns.get(`${table}.${name}`)?.push(String(value));
  }
  return columns;
}

/** Returns a value, the JSON values in it, and its halves: everything that a reader of the database would try. */
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
