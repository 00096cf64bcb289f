import { chmodSync, closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { checkSetting } from '@valetkey/server';
import { backUpSqlite, checkSqlite, restoreSqlite, StoreInUseError } from '@valetkey/sql-store/sqlite';
import { AdminError, EXIT } from '../admin-error.ts';
import type { Command, CommandContext } from '../command.ts';
import { openStore, siteIsRunning } from '../database.ts';
import { auditAs } from '../operator.ts';
import { runPostgresProgram } from '../postgres-programs.ts';

export const databaseCommands: Readonly<Record<string, Command>> = {
  backup: {
    operands: ['FILE'],
    summary: 'Copy the database into a new file, while the site runs',
    uses: 'files',
    async run({ database, operands: [file = ''], print }) {
      if (database.kind === 'sqlite') backUpSqlite({ path: database.path, to: file });
      else backUpPostgres(database.url, file);
      print({ backup: file });
    },
  },
  restore: {
    operands: ['FILE'],
    summary: 'Replace the database with a backup, and update its schema',
    destroys: 'All changes since the backup are lost. Keys that were revoked since then are valid again.',
    uses: 'files',
    run: restore,
  },
  migrate: {
    operands: [],
    summary: 'Update the schema to this version; run it before the site starts',
    uses: 'files',
    async run({ database, print }) {
      const store = await openStore(database, 'migrate');
      await store.close();
      print({ schema: 'current' });
    },
  },
  check: {
    operands: [],
    summary: 'Check that the database is intact and has the right schema and valid settings',
    uses: 'read',
    async run({ store, database, print }) {
      if (database.kind === 'sqlite') checkSqlite(database.path);
      const invalid = [...(await store.listSettings())].filter(([name, value]) => !isValid(name, value));
      for (const [name] of invalid) print({ problem: 'setting_invalid', setting: name });
      if (invalid.length > 0)
        throw new AdminError(
          EXIT.failed,
          'Correct these settings with "settings set". The site does not start.',
        );
      print({ check: 'ok' });
    },
  },
};

function isValid(name: string, value: string): boolean {
  try {
    checkSetting(name, value);
    return true;
  } catch (error) {
    // Rows that are no settings are secrets of the site.
    return (error as { code?: string }).code === 'setting_unknown';
  }
}

async function restore({ database, operands: [file = ''], now, print }: CommandContext): Promise<void> {
  if (!existsSync(file)) throw new AdminError(EXIT.failed, `There is no backup ${file}. Check the path.`);
  if (database.kind === 'sqlite') restoreFile(file, database.path);
  else {
    const replacing = ['--clean', '--if-exists', '--no-owner', '--single-transaction', '--exit-on-error'];
    runPostgresProgram('pg_restore', database.url, [...replacing, file]);
  }
  const store = await openStore(database, 'migrate');
  try {
    await store.appendAuditEvent(
      auditAs<void>('database_restored', now, () => ({ subject: 'backup' }))(undefined),
    );
  } finally {
    await store.close();
  }
  print({ restored: file });
}

function restoreFile(from: string, path: string): void {
  try {
    restoreSqlite({ from, path });
  } catch (error) {
    throw error instanceof StoreInUseError ? siteIsRunning(path) : error;
  }
}

function backUpPostgres(url: string, file: string): void {
  if (existsSync(file))
    throw new AdminError(EXIT.failed, `The file ${file} exists. Choose another name for the backup.`);
  // pg_dump keeps the permissions of a file that exists.
  closeSync(openSync(file, 'wx', 0o600));
  chmodSync(file, 0o600);
  try {
    runPostgresProgram('pg_dump', url, ['--format=custom', '--schema=valetkey', `--file=${file}`]);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}
