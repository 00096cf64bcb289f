#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { backUpSqlite } from './back-up-sqlite.ts';

const USAGE = `Copies the database of a SQLite store while the site runs.

  valetkey-backup <database> <copy>

  <database>  the file that createSqliteStore opened, such as data/valetkey.sqlite
  <copy>      a file that does not exist yet`;

function readArguments(): readonly string[] | null {
  try {
    const options = { help: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    return values.help ? null : positionals;
  } catch {
    return [];
  }
}

const positionals = readArguments();
const [path, to] = positionals ?? [];
if (positionals === null) console.log(USAGE);
else if (path === undefined || to === undefined || positionals.length > 2) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  try {
    backUpSqlite({ path, to });
    console.log(`Copied ${path} to ${to}.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
