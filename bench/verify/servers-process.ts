// Measures the verifier and other libraries with PostgreSQL and Valkey, in turns. Both servers are on this machine.

import { createMemoryStore } from '@valetkey/server/store/memory';
import { openPostgresStore } from '@valetkey/sql-store/postgres';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { startValkey } from '@valetkey/test-support/start-valkey';
import { openValkey } from '@valetkey/valkey';
import { Redis } from 'ioredis';
import pg from 'pg';
import { addKeys, createBenchSite } from '../bench-site.ts';
import { createBetterAuthCase } from '../peers/better-auth.ts';
import { createRedisRateLimiterCase } from '../peers/rate-limiter.ts';
import { createColdCase } from './cold-case.ts';
import { type Case, type Measured, measureInTurn } from './measure.ts';
import { randomOrder } from './warm-cases.ts';

const KEYS = 1_000;
const OPERATIONS = 4_000;
const COLD_KEYS = 1_000;
const AT_ONCE = 64;

const database = await createTestDatabase();
const valkeyServer = await startValkey();
const valkey = openValkey({ url: valkeyServer.url, clock: 'caller' });
const client = new Redis(valkeyServer.url);
const store = createMemoryStore();
const keys = await addKeys(store, KEYS);
const site = await createBenchSite({
  store,
  keyCount: KEYS,
  hasUsersRevision: true,
  useLimiter: valkey.useLimiter,
});
// The first use loads the key, and waits for the connection.
await client.ping();
for (const key of keys) await site.verify(key, '192.0.2.1', 'bench');
const order = randomOrder(keys, OPERATIONS);

/** Each of these runs takes the next key until there is none. */
function limitedCase(name: string, runs: number): Case {
  return {
    name,
    operationsPerRound: OPERATIONS,
    async run() {
      let next = 0;
      const verifyAll = async () => {
        while (next < order.length) {
          const result = await site.verify(order[next++] as string, '192.0.2.1', 'bench');
          if (!result.allowed) throw new Error(`The benchmark's own key was rejected: ${result.code}.`);
        }
      };
      await Promise.all(Array.from({ length: runs }, verifyAll));
    },
  };
}

const cold = await createColdCase({
  name: 'verify, cold from PostgreSQL',
  keyCount: COLD_KEYS,
  open: () => openPostgresStore({ url: database.url }),
});
const pool = new pg.Pool({ connectionString: database.url });
const measured = await measureInTurn(
  [
    cold.coldCase,
    limitedCase('verify, limits in Valkey', 1),
    limitedCase(`verify, limits in Valkey, ${AT_ONCE} at once`, AT_ONCE),
    await createRedisRateLimiterCase(client, order),
    await createBetterAuthCase('better-auth api-key, PostgreSQL and Valkey', 'secondary-storage', {
      database: pool,
      secondaryStorage: {
        get: (key: string) => client.get(key),
        set: async (key: string, value: string) => void (await client.set(key, value)),
        delete: async (key: string) => void (await client.del(key)),
      },
    }),
  ],
  Number(process.argv[2]),
);
process.send?.(measured satisfies Measured);
await cold.close();
await site.close();
await valkey.close();
client.disconnect();
await pool.end();
await database.drop();
await valkeyServer.kill();
process.disconnect();
