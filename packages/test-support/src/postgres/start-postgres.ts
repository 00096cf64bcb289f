import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findPostgresPrograms } from './find-programs.ts';
import {
  createDataFolder,
  type PostgresServer,
  startPostgresProcess,
  unprivileged,
} from './postgres-process.ts';

/**
 * Starts a PostgreSQL server on a free port, with a new data folder.
 *
 * @param options additional options of `postgres`
 */
export async function startPostgres(options: readonly string[] = []): Promise<PostgresServer> {
  const folder = createDataFolder();
  const created = spawnSync(
    join(findPostgresPrograms(), 'initdb'),
    ['--pgdata', folder, '--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'],
    { ...unprivileged, cwd: folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
  );
  if (created.status !== 0) throw new Error(`initdb failed: ${created.stderr}`);
  return startPostgresProcess(folder, options);
}
