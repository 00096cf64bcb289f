import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { findPostgresPrograms } from './find-programs.ts';
import {
  createDataFolder,
  type PostgresServer,
  startPostgresProcess,
  unprivileged,
} from './postgres-process.ts';

/** A server that copies another one continuously, until it is promoted. */
export interface StandbyServer extends PostgresServer {
  /** Makes it a primary, with the transactions that it has received. */
  promote(): Promise<void>;
}

const baseBackup = (): string => join(findPostgresPrograms(), 'pg_basebackup');

/** Whether standby servers can be started here: the programs from npm lack `pg_basebackup`. */
export const canStartStandby = (): boolean => existsSync(baseBackup());

/**
 * Starts a standby of a server.
 *
 * @param primaryUrl where it connects for the changes: the server, or a proxy in front of it
 */
export async function startStandby(primaryUrl: string): Promise<StandbyServer> {
  if (!canStartStandby())
    throw new Error('pg_basebackup is not installed. Install it: apt-get install postgresql.');
  const folder = createDataFolder();
  // Not synchronously: the proxy may be in this process.
  await promisify(execFile)(
    baseBackup(),
    ['--dbname', primaryUrl, '--pgdata', folder, '--checkpoint=fast', '--write-recovery-conf', '--no-sync'],
    { ...unprivileged, cwd: folder },
  );
  const server = await startPostgresProcess(folder, []);
  return {
    ...server,
    async promote() {
      const client = new pg.Client(server.url);
      await client.connect();
      try {
        await client.query('SELECT pg_promote()');
      } finally {
        await client.end();
      }
    },
  };
}
