// Measures the verifier and other libraries, in turns.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { addKeys, createBenchSite } from '../bench-site.ts';
import { createBetterAuthCases } from '../peers/better-auth.ts';
import { createRateLimiterCase } from '../peers/rate-limiter.ts';
import { createColdCase } from './cold-case.ts';
import { type Measured, measureInTurn } from './measure.ts';
import { hashCase, randomOrder, warmCase } from './warm-cases.ts';

const KEYS = 1_000;
const OPERATIONS = 50_000;
const COLD_KEYS = 5_000;
const store = createMemoryStore();
const keys = await addKeys(store, KEYS);
const site = await createBenchSite({ store, keyCount: KEYS, hasUsersRevision: true });
for (const key of keys) await site.verify(key, '192.0.2.1', 'bench');
const order = randomOrder(keys, OPERATIONS);
const folder = mkdtempSync(join(tmpdir(), 'valetkey-bench-'));
const { coldCase, close } = await createColdCase({
  name: 'verify, cold from SQLite',
  keyCount: COLD_KEYS,
  open: () => createSqliteStore({ path: join(folder, 'keys.sqlite') }),
});
const measured = await measureInTurn(
  [
    hashCase(order),
    warmCase(site, order),
    await createRateLimiterCase(order),
    coldCase,
    ...(await createBetterAuthCases()),
  ],
  Number(process.argv[2]),
);
process.send?.(measured satisfies Measured);
await close();
rmSync(folder, { recursive: true });
await site.close();
process.disconnect();
