import { COMMANDS } from './command-table.ts';

const usageOf = ([name, { operands }]: [string, { readonly operands: readonly string[] }]): string =>
  [name, ...operands].join(' ');

const rows = Object.entries(COMMANDS).map((entry) => [usageOf(entry), entry[1].summary] as const);
const width = Math.max(...rows.map(([usage]) => usage.length));

/** The text of `--help`. */
export const HELP = `Administers a Valetkey site through its database. The audit log records each change as made by "operator".

  valetkey-admin --database DATABASE COMMAND

${rows.map(([usage, summary]) => `  ${usage.padEnd(width)}  ${summary}`).join('\n')}

  --database DATABASE
                a SQLite file, or postgres://user@host/database; a password can be in
                $PGPASSWORD. Default: $VALETKEY_DATABASE
  --database-url-file FILE
                a file with that URL, so that its password is not in the list of processes
  --since T, --until T, --user USER
                print only these events with "audit export"; T is a date such as 2026-01-31
  --yes         confirm a command that revokes, deletes, erases or restores
  --json        print each record as a line of JSON
  --help        show this text

On PostgreSQL, changes apply to running nodes at once. On SQLite, stop the site before a
change; lists, exports, "check" and "backup" work while it runs.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a running site uses the SQLite file,
4 the database is unavailable, 5 not confirmed with --yes`;
