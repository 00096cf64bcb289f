import { existsSync, readFileSync } from 'node:fs';
import { openPostgresStore } from '@valetkey/sql-store/postgres';
import {
  createSqliteStore,
  readSqliteSchema,
  type SqlStore,
  StoreInUseError,
} from '@valetkey/sql-store/sqlite';
import { AdminError, EXIT } from './admin-error.ts';

const POSTGRES_URL = /^postgres(?:ql)?:\/\//;

/** Where the data is. */
export type Database =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** Returns the text of `--database`, or the URL in a file, which keeps its password out of the list of processes. */
export function readDatabase(text: string | undefined, urlFile: string | undefined): string | undefined {
  if (urlFile === undefined) return text;
  if (text !== undefined) throw new AdminError(EXIT.usage, 'Give either --database or --database-url-file.');
  const url = readUrl(urlFile);
  // Another content may be a secret: it must not become a path in an error.
  if (!POSTGRES_URL.test(url))
    throw new AdminError(
      EXIT.usage,
      'The file of --database-url-file has no URL that begins with postgres://.',
    );
  return url;
}

function readUrl(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new AdminError(EXIT.usage, `The file of --database-url-file cannot be read: ${code}.`);
  }
}

/** Parses the value of `--database`: a file, or a URL of PostgreSQL. */
export function parseDatabase(text: string): Database {
  if (POSTGRES_URL.test(text)) return { kind: 'postgres', url: text };
  // A misspelled URL must not become a file.
  if (text.includes('://'))
    throw new AdminError(EXIT.usage, '--database is a file, or a URL that begins with postgres://.');
  return { kind: 'sqlite', path: text };
}

/**
 * Opens the store.
 *
 * @param use `read` changes nothing and works beside a running site; `migrate` may change the schema too
 * @throws AdminError `inUse` if a running site uses the SQLite file, `failed` for another schema
 */
export async function openStore(database: Database, use: 'read' | 'change' | 'migrate'): Promise<SqlStore> {
  if (database.kind === 'postgres')
    return openPostgresStore({ url: database.url, poolSize: 2, migrates: use === 'migrate' });
  const { path } = database;
  if (!existsSync(path)) throw new AdminError(EXIT.failed, `There is no database ${path}. Check --database.`);
  if (use !== 'migrate') requireCurrentSchema(path);
  try {
    return createSqliteStore({ path, exclusive: use !== 'read' });
  } catch (error) {
    if (!(error instanceof StoreInUseError)) throw error;
    throw siteIsRunning(path);
  }
}

/** The error of a change while the site runs: it would not notice, because it keeps keys in memory. */
export const siteIsRunning = (path: string): AdminError =>
  new AdminError(
    EXIT.inUse,
    `A running site uses ${path}, and would not notice the change. Stop it and try again, or use the pages for admins.`,
  );

function requireCurrentSchema(path: string): void {
  const { applied, current } = readSqliteSchema(path);
  if (applied === current) return;
  const advice =
    applied < current
      ? 'Stop the site, make a backup, and run "valetkey-admin migrate".'
      : 'Use the version of valetkey-admin that belongs to the site.';
  throw new AdminError(
    EXIT.failed,
    `The database has schema ${applied}; this version needs ${current}. ${advice}`,
  );
}
