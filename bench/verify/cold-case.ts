import type { Store } from '@valetkey/server';
import { addKeys, type BenchSite, createBenchSite } from '../bench-site.ts';
import type { Case } from './measure.ts';

interface ColdCaseOptions {
  readonly name: string;
  readonly keyCount: number;
  /** Opens the same database each time. */
  open(): Store | Promise<Store>;
}

/** The first use of each key after a start, with the database in memory of the operating system. */
export async function createColdCase({
  name,
  keyCount,
  open,
}: ColdCaseOptions): Promise<{ coldCase: Case; close(): Promise<void> }> {
  const filled = await open();
  const keys = await addKeys(filled, keyCount);
  await filled.close();
  let site: BenchSite | null = null;
  const coldCase: Case = {
    name,
    operationsPerRound: keyCount,
    async prepare() {
      await site?.close();
      site = await createBenchSite({ store: await open(), keyCount, hasUsersRevision: true });
    },
    async run() {
      for (const key of keys) {
        const result = await site?.verify(key, '192.0.2.1', 'bench');
        if (!result?.allowed) throw new Error("The benchmark's own key was rejected.");
      }
    },
  };
  return { coldCase, close: async () => site?.close() };
}
