import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createForum } from '@valetkey/forum';
import { CHEAP_PASSWORDS } from '@valetkey/forum/testing';
import { startPostgres } from '@valetkey/test-support/postgres/start-postgres';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import type { TestProject } from 'vitest/node';
import type { SharedServers } from './nodes-target.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Set in the project `nodes` only. */
    nodes: SharedServers;
  }
}

/** Starts PostgreSQL for all tests of the project `nodes`. Nothing has to survive a crash, so it need not wait for the disk. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres([
    '-c',
    'fsync=off',
    '-c',
    'full_page_writes=off',
    '-c',
    'max_connections=200',
  ]);
  const template = await createTestDatabase(server);
  const dataDir = mkdtempSync(join(tmpdir(), 'valetkey-contract-'));
  const forum = await createForum({
    baseUrl: 'http://127.0.0.1',
    dataDir,
    databaseUrl: template.url,
    passwordCost: CHEAP_PASSWORDS,
    now: () => Date.UTC(2026, 10, 23, 12),
  });
  await forum.close();
  await template.end();
  provide('nodes', { templateUrl: template.url, dataDir });
  return async () => {
    // Without the checkpoint of a regular end, which writes the databases of all tests.
    await server.kill();
    await server.remove();
    rmSync(dataDir, { recursive: true });
  };
}
