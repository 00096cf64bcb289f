import { randomUUID } from 'node:crypto';
import { type StartedForum, startForum } from '@valetkey/forum';
import { CHEAP_PASSWORDS } from '@valetkey/forum/testing';
import { openPostgresStore, type PostgresStore } from '@valetkey/sql-store/postgres';
import { copyDatabase } from '@valetkey/test-support/postgres/copy-database';
import { findFreePort } from '@valetkey/test-support/postgres/postgres-process';
import { startNginx } from '@valetkey/test-support/start-nginx';
import { startValkey } from '@valetkey/test-support/start-valkey';
import type { ContractTarget } from './contract-target.ts';
import { controlOverHttp, createSend } from './control-over-http.ts';

/** The servers that all tests share. Each test has a database of its own. */
export interface SharedServers {
  /** The database that is copied for each test: of a forum that was started once. */
  readonly templateUrl: string;
  /** The folder of the secret that all forums share. */
  readonly dataDir: string;
}

/**
 * A node applies what another one has changed within two seconds, or rejects requests (decision 27). The rest is for a
 * busy machine.
 */
const BOUND_MS = 2_000 + 8_000;

const ports = [await findFreePort(), await findFreePort()];
const proxyPort = await findFreePort();
/** One nginx for the tests of a process. It ends with the process. */
let nginx: Promise<() => Promise<void>> | undefined;

/**
 * Starts two forums on a new database in PostgreSQL, with limits in Valkey, behind nginx, which sends each request to the
 * next of them. It has every capability.
 */
export async function startNodesTarget({ templateUrl, dataDir }: SharedServers): Promise<ContractTarget> {
  const baseUrl = `http://127.0.0.1:${proxyPort}`;
  nginx ??= startNginx(
    proxyPort,
    ports.map((port) => `http://127.0.0.1:${port}`),
  );
  await nginx;
  let now = Date.UTC(2026, 10, 23, 12);
  let beforeStep = now;
  const databaseUrl = await copyDatabase(templateUrl);
  const valkey = await startValkey();
  const stores: PostgresStore[] = [];
  const nodes: StartedForum[] = [];
  for (const port of ports) {
    const store = await openPostgresStore({ url: databaseUrl });
    stores.push(store);
    const forum = await startForum({
      port,
      host: '127.0.0.1',
      dataDir,
      databaseUrl,
      store,
      valkeyUrl: valkey.url,
      baseUrl,
      trustedProxies: ['127.0.0.1'],
      push: { dangerouslyAllowPrivateAddresses: true },
      now: () => now,
      passwordCost: CHEAP_PASSWORDS,
    });
    nodes.push(forum);
    await store.changeFeed.catchUp?.();
  }
  async function applyChanges(): Promise<void> {
    await waitForNodes(stores);
    // Loads settings that a change named.
    for (const { forum } of nodes) await forum.valetkey.checkHealth();
  }
  const send = createSend(baseUrl);
  const eachNode = async (work: (forum: StartedForum['forum']) => Promise<unknown>) => {
    for (const { forum } of nodes) await work(forum);
  };
  async function settle(): Promise<void> {
    // Stores the uses of keys first.
    await eachNode(({ valetkey }) => valetkey.runDailyJobs());
    await applyChanges();
  }
  return {
    ...controlOverHttp(baseUrl, {
      async send(path, init) {
        const response = await send(path, init);
        // The next request goes to another node.
        if (!['GET', 'HEAD'].includes(init?.method ?? 'GET')) await applyChanges();
        return response;
      },
    }),
    isFresh: true,
    settle,
    clock: {
      advance(ms) {
        beforeStep = now;
        now += ms;
      },
      async runDailyJobs() {
        // A node stores its uses every five seconds, so those before the step are stored on every node.
        const afterStep = now;
        now = beforeStep;
        await settle();
        now = afterStep;
        await settle();
      },
    },
    push: { deliver: () => eachNode(({ valetkey }) => valetkey.processPushQueue()) },
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
      await valkey.kill();
    },
  };
}

/**
 * Waits until every node has applied all changes that are committed: changes are delivered in order, so it waits for the
 * delivery of one more. Fails after the bound.
 */
async function waitForNodes(stores: readonly PostgresStore[]): Promise<void> {
  const id = `marker-${randomUUID()}`;
  const arrivals = stores.map(({ changeFeed }) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timeout = setTimeout(
      () => reject(new Error(`A node is more than ${BOUND_MS} ms behind.`)),
      BOUND_MS,
    );
    const unsubscribe = changeFeed.subscribe(
      (change) => change.id === id && resolve(),
      () => {},
    );
    return promise.finally(() => {
      clearTimeout(timeout);
      unsubscribe();
    });
  });
  await stores[0]?.changeFeed.publish({ kind: 'user', id });
  await Promise.all(arrivals);
}
