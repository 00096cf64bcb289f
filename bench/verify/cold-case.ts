import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { addKeys, type BenchSite, createBenchSite } from '../bench-site.ts';
import type { Case } from './measure.ts';

/** The first use of each key after a start, from a SQLite file in the page cache. */
export async function createColdCase(keyCount: number): Promise<{ coldCase: Case; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-bench-'));
  const path = join(folder, 'keys.sqlite');
  const filled = createSqliteStore({ path });
  const keys = await addKeys(filled, keyCount);
  await filled.close();
  let site: BenchSite | null = null;
  const coldCase: Case = {
    name: 'verify, cold from SQLite',
    operationsPerRound: keyCount,
    async prepare() {
      await site?.close();
      site = await createBenchSite({ store: createSqliteStore({ path }), keyCount, hasUsersRevision: true });
    },
    async run() {
      for (const key of keys) {
        const result = await site?.verify(key, '192.0.2.1', 'bench');
        if (!result?.allowed) throw new Error("The benchmark's own key was rejected.");
      }
    },
  };
  return {
    coldCase,
    async close() {
      await site?.close();
      rmSync(folder, { recursive: true });
    },
  };
}
