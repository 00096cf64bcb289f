import { openPostgresStore } from '@valetkey/sql-store/postgres';
import { startPostgres } from '@valetkey/test-support/postgres/start-postgres';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { startTcpProxy } from '@valetkey/test-support/start-tcp-proxy';
import { describe, expect, test } from 'vitest';
import { canCreateNetwork, createNetwork } from './create-network.ts';
import { issueKey, startNode } from './start-node.ts';

/** The lease, and what a slow machine adds. */
const BOUND_MS = 2_000 + 1_000;
const wait = { timeout: 20_000, interval: 20 };

// Needs the right to create networks. Without it, `nodes.test.ts` cuts a connection by a proxy.
describe.skipIf(!canCreateNetwork())('a node in a network of its own', () => {
  test('when it is unplugged: rejects every key within two seconds, and recovers by itself', async () => {
    const network = createNetwork();
    await using resources = new AsyncDisposableStack();
    resources.defer(() => network.remove());
    const server = await startPostgres();
    resources.defer(() => server.remove());
    const database = await createTestDatabase(server);
    const store = await openPostgresStore(database);
    resources.defer(async () => {
      await store.close();
      await database.end();
    });
    const url = new URL(database.url);
    const proxy = await startTcpProxy(Number(url.port), network.databaseIpAddress);
    resources.defer(() => proxy.close());
    url.host = `${network.databaseIpAddress}:${proxy.port}`;
    const near = await startNode(database.url);
    resources.defer(() => near.stop());
    const far = await startNode(url.href, { place: network });
    resources.defer(() => far.stop());

    const [revoked, other, unknown] = [await issueKey(store), await issueKey(store), await issueKey(store)];
    for (const key of [revoked, other]) expect(await far.use(key)).toBe('key');
    const cutAt = performance.now();
    network.unplug();
    expect(await near.revoke(revoked)).toBe(200);
    expect(await far.use(unknown)).toBe('store_unavailable');
    await expect.poll(() => far.use(revoked), wait).toBe('store_unavailable');
    expect(performance.now() - cutAt).toBeLessThan(BOUND_MS);
    for (const key of [revoked, other, unknown]) expect(await far.use(key)).toBe('store_unavailable');
    network.plugIn();
    await expect.poll(() => far.use(other), wait).toBe('key');
    expect(await far.use(revoked)).toBe('key_revoked');
    expect(await far.use(unknown)).toBe('key');
  });
});
