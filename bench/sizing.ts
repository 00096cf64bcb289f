// Measures what an operator needs to choose a machine: bytes per key on disk in SQLite and PostgreSQL, the time of a
// cold lookup, and how long a revocation takes from one node to another. The other figures of the sizing guide are from
// bench/verify.ts. Needs PostgreSQL, as the tests do.
// Run: node_modules/.bin/node bench/sizing.ts [--keys 200000] [--revocations 500]
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { hashKey, type Store } from '@valetkey/server';
import { openPostgresStore } from '@valetkey/sql-store/postgres';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { printMachine, printTable } from './report/table.ts';

const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '200000' },
    revocations: { type: 'string', default: '500' },
  },
});
const keyCount = Number(values.keys);
const revocations = Number(values.revocations);
const LOOKUPS = 2_000;

const keyOf = (index: number): string => index.toString(16).padStart(32, '0');
/** The columns of a typical key of an app that was used. */
const row = (index: number) => ({
  key_hash: hashKey(keyOf(index)),
  user_id: String(Math.floor(index / 3)),
  client_id: randomBytes(16).toString('hex'),
  at: 1_790_000_000_000 + index,
});
const COLUMNS =
  'key_hash, user_id, kind, client_id, application_name, scopes, is_url_key, created_at, last_used_at, last_used_ip_address, last_used_user_agent';
const FIXED = ['app', 'Reader for the phone', 'read,write,notifications', 0] as const;
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Reader/4.2';

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
const sort = (times: number[]): number[] => times.toSorted((x, y) => x - y);

async function measureLookups(store: Store): Promise<number[]> {
  const times: number[] = [];
  for (let lookup = 0; lookup < LOOKUPS; lookup += 1) {
    const hash = hashKey(keyOf(Math.floor((lookup * keyCount) / LOOKUPS)));
    const startedAt = performance.now();
    if ((await store.findKeyByHash(hash)) === null) throw new Error("The benchmark's own key was not found.");
    times.push(performance.now() - startedAt);
  }
  return sort(times);
}

const table: string[][] = [];
function addRow(name: string, bytes: number, lookups: readonly number[]): void {
  const perKey = bytes / keyCount;
  const perGigabyte = `${(1_000 / perKey).toFixed(1)} million`;
  const lookup = `${percentile(lookups, 0.5).toFixed(2)} / ${percentile(lookups, 0.99).toFixed(2)}`;
  table.push([name, perKey.toFixed(0), perGigabyte, lookup]);
}

const folder = mkdtempSync(join(tmpdir(), 'valetkey-sizing-'));
const path = join(folder, 'keys.sqlite');
const sqlite = createSqliteStore({ path });
const connection = new DatabaseSync(path);
const insert = connection.prepare(
  `INSERT INTO user_api_keys (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const emptyBytes = statSync(path).size;
connection.exec('BEGIN');
for (let index = 0; index < keyCount; index += 1) {
  const { key_hash, user_id, client_id, at } = row(index);
  const [kind, name, scopes, isUrlKey] = FIXED;
  insert.run(key_hash, user_id, kind, client_id, name, scopes, isUrlKey, at, at, '203.0.113.7', AGENT);
}
connection.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
addRow('SQLite', statSync(path).size - emptyBytes, await measureLookups(sqlite));
connection.close();
await sqlite.close();
rmSync(folder, { recursive: true });

const database = await createTestDatabase();
const [one, two] = [await openPostgresStore(database), await openPostgresStore(database)];
const BATCH = 5_000;
for (let start = 0; start < keyCount; start += BATCH) {
  const rows = Array.from({ length: Math.min(BATCH, keyCount - start) }, (_, index) => row(start + index));
  await database.query(
    `INSERT INTO valetkey.user_api_keys (${COLUMNS})
     SELECT r.key_hash, r.user_id, $2, r.client_id, $3, $4, $5::bigint, r.at, r.at, '203.0.113.7', $6
     FROM json_to_recordset($1::json) AS r(key_hash text, user_id text, client_id text, at bigint)`,
    [JSON.stringify(rows), ...FIXED, AGENT],
  );
}
await database.query('VACUUM ANALYZE valetkey.user_api_keys');
const [size] = await database.query("SELECT pg_total_relation_size('valetkey.user_api_keys') AS bytes");
addRow('PostgreSQL', Number(size?.bytes), await measureLookups(one));

/** From the call on one node until the other node has dropped the key. */
async function measureRevocations(): Promise<number[]> {
  const dropped = new Map<string, () => void>();
  const end = two.changeFeed.subscribe(
    ({ id }) => dropped.get(id)?.(),
    () => {},
  );
  await two.changeFeed.catchUp?.();
  const times: number[] = [];
  for (let id = 1; id <= revocations; id += 1) {
    const arrived = Promise.withResolvers<void>();
    dropped.set(hashKey(keyOf(id - 1)), arrived.resolve);
    const startedAt = performance.now();
    await one.revokeKey(id, 1_800_000_000_000);
    await arrived.promise;
    times.push(performance.now() - startedAt);
  }
  end();
  return sort(times);
}
const times = await measureRevocations();
const calls = async () => {
  const [found] = await database.query(
    'SELECT xact_commit AS commits FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(found?.commits);
};
const before = await calls();
two.changeFeed.subscribe(
  () => {},
  () => {},
);
await new Promise((resolve) => setTimeout(resolve, 20_000));
const idlePerSecond = ((await calls()) - before) / 20;
await one.close();
await two.close();
await database.drop();

printMachine();
console.log(`${keyCount.toLocaleString('en')} keys; the table with its indexes\n`);
printTable(['store', 'bytes per key', 'keys per GB', 'lookup p50 / p99, ms'], table);
console.log(
  `\n${revocations} revocations on one node, in ms until the other has dropped the key: ` +
    `p50 ${percentile(times, 0.5).toFixed(1)}, p99 ${percentile(times, 0.99).toFixed(1)}, max ${times.at(-1)?.toFixed(1)}`,
);
console.log(`Transactions of an idle node in PostgreSQL: ${idlePerSecond.toFixed(1)} per second`);
