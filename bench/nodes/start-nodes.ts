import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashKey } from '@valetkey/server';
import { openPostgresStore, type PostgresStore } from '@valetkey/sql-store/postgres';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import { findFreePort } from '@valetkey/test-support/postgres/postgres-process';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { json } from '@valetkey/test-support/responses';
import { startNginxWith } from '@valetkey/test-support/start-nginx';
import { startValkey } from '@valetkey/test-support/start-valkey';

/** Two forums, each a process, on PostgreSQL and Valkey, behind nginx. */
export interface Nodes {
  readonly a: string;
  readonly b: string;
  /** nginx in front of both. */
  readonly proxy: string;
  /** nginx in front of the first one. */
  readonly proxyOfOne: string;
  readonly databaseUrl: string;
  readonly valkeyUrl: string;
  /** Stores keys of alice with the scope `read`. */
  issueKeys(count: number): Promise<string[]>;
  stop(): Promise<void>;
}

/**
 * Starts them with the nginx file of `deploy`.
 *
 * @param settings that differ from the defaults
 * @param nodeOptions options of Node for both forums
 */
export async function startNodes(
  settings: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<Nodes> {
  const database = await createTestDatabase();
  const valkey = await startValkey();
  const dataDir = mkdtempSync(join(tmpdir(), 'valetkey-bench-nodes-'));
  const store = await openPostgresStore(database);
  await store.saveSettings(new Map(Object.entries(settings)));
  const port = await findFreePort();
  const portOfOne = await findFreePort();
  const proxy = `http://127.0.0.1:${port}`;
  const options = ['--database-url', database.url, '--valkey-url', valkey.url];
  const behind = ['--base-url', proxy, '--trusted-proxies', '127.0.0.1'];
  const forums = await Promise.all(
    [0, 1].map(() => startForumProcess(dataDir, [...options, ...behind], nodeOptions)),
  );
  const [a, b] = forums.map(({ url }) => url) as [string, string];
  const stopNginx = [
    await startNginxWith(port, nginxFile(port, [a, b])),
    await startNginxWith(portOfOne, nginxFile(portOfOne, [a])),
  ];
  return {
    a,
    b,
    proxy,
    proxyOfOne: `http://127.0.0.1:${portOfOne}`,
    databaseUrl: database.url,
    valkeyUrl: valkey.url,
    issueKeys: (count) => issueKeys(store, a, count),
    async stop() {
      for (const stop of stopNginx) await stop();
      await Promise.all(forums.map((forum) => forum.stop()));
      await valkey.kill();
      await store.close();
      await database.drop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

async function issueKeys(store: PostgresStore, forum: string, count: number): Promise<string[]> {
  const { user } = await json(fetch(`${forum}/u/alice.json`));
  const keys = Array.from({ length: count }, () => randomBytes(16).toString('hex'));
  for (const key of keys)
    await store.replaceKey({
      keyHash: hashKey(key),
      userId: String(user.id),
      kind: 'app',
      clientId: key,
      applicationName: 'Bench',
      scopes: ['read'],
      isUrlKey: false,
      pushUrl: null,
      createdAt: Date.now(),
      expiresAt: null,
    });
  return keys;
}

function nginxFile(port: number, servers: readonly string[]): string {
  const file = readFileSync(join(import.meta.dirname, '../../deploy/nginx/nodes.conf'), 'utf8');
  const [first = '', second] = servers.map((url) => new URL(url).host);
  return (
    file
      .replace('127.0.0.1:4801', first)
      .replace(/^ *server 127\.0\.0\.1:4802 .*\n/m, second ? `server ${second};\n` : '')
      .replace('keepalive 32;', 'keepalive 128;')
      // By default, nginx closes a connection after 1,000 requests.
      .replace('listen 8080;', `keepalive_requests 1000000000; listen 127.0.0.1:${port};`)
  );
}
