// The gateway with a thousand keys, in front of the service. Prints its port and the keys.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseConfig, startGateway } from '@valetkey/gateway';
import { hashKey } from '@valetkey/server';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';

const [, , service = '', keyCount = '1'] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'valetkey-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const config = parseConfig(
  `name: Bench
base_url: http://bench.example
listen: 127.0.0.1:0
upstream: ${service}
store: .
accounts: { ask: { url: '${service}/whoami', login: '/login?next={return_to}' } }
forward_auth: { from: [127.0.0.1] }
scopes: { read: { sentence: Read, routes: [GET /topics/:id] } }
settings: { max_user_api_reqs_per_minute: 100000, max_user_api_reqs_per_day: 10000000 }`,
  join(folder, 'valetkey.yaml'),
  {},
);
const keys = Array.from({ length: Number(keyCount) }, () => randomBytes(16).toString('hex'));
const store = createSqliteStore({ path: join(folder, 'valetkey.sqlite') });
for (const [at, key] of keys.entries()) {
  await store.replaceKey({
    keyHash: hashKey(key),
    userId: 'alice',
    kind: 'app',
    clientId: `client-${at}`,
    applicationName: 'Bench',
    scopes: ['read'],
    isUrlKey: false,
    pushUrl: null,
    createdAt: Date.now(),
    expiresAt: null,
  });
}
await store.close();
const users = new DatabaseSync(join(folder, 'users.sqlite'));
users.exec('CREATE TABLE users (id TEXT PRIMARY KEY, username TEXT NOT NULL, account TEXT NOT NULL) STRICT');
const account = { id: 'alice', username: 'alice', groups: [], isAdmin: false, isSuspended: false };
users.prepare('INSERT INTO users VALUES (?, ?, ?)').run('alice', 'alice', JSON.stringify(account));
users.close();
const gateway = await startGateway(config);
process.send?.({ port: Number(new URL(gateway.url).port), keys });
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicroseconds: user + system });
});
process.on('disconnect', () => process.exit());
