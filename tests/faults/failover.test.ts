import { hashKey } from '@valetkey/server';
import { openPostgresStore, type PostgresStore } from '@valetkey/sql-store/postgres';
import { describeWhen } from '@valetkey/test-support/describe-when';
import { findProgram } from '@valetkey/test-support/find-program';
import { startPgbouncer } from '@valetkey/test-support/postgres/start-pgbouncer';
import { canStartStandby } from '@valetkey/test-support/postgres/start-standby';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { issueKey, type SiteNode, startNode } from './start-node.ts';
import { type ReplicatedServers, startReplicated } from './start-replicated.ts';

const wait = { timeout: 20_000, interval: 50 };

// Needs pg_basebackup and pgbouncer (apt-get install postgresql pgbouncer).
const describeFailover = describeWhen(canStartStandby() && findProgram('pgbouncer') !== null);

describeFailover('a failover of PostgreSQL', { timeout: 60_000 }, () => {
  let servers: ReplicatedServers;
  let bouncer: Awaited<ReturnType<typeof startPgbouncer>> = null;
  let store: PostgresStore;
  /** `b` is behind pgbouncer: its connection survives the failover. */
  let nodes: readonly SiteNode[] = [];

  beforeEach(async () => {
    servers = await startReplicated();
    store = await openPostgresStore({ url: servers.url });
    await store.saveSettings(new Map([['max_user_api_reqs_per_minute', '100000']]));
    bouncer = await startPgbouncer(servers.url);
    if (bouncer === null) throw new Error('Install pgbouncer: apt-get install pgbouncer.');
    nodes = [await startNode(servers.url), await startNode(bouncer.url)];
  });
  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await store.close();
    await bouncer?.stop();
    await servers.remove();
  });

  /** A key that both nodes have in memory. */
  async function issueUsedKey(): Promise<string> {
    const key = await issueKey(store);
    for (const node of nodes) await expect.poll(() => node.use(key), wait).toBe('key');
    return key;
  }

  /** Uses a key on both nodes again and again, until the returned function is called. Returns the results. */
  function useRepeatedly(key: string): () => Promise<readonly string[]> {
    const results = new Set<string>();
    let isEnded = false;
    const using = nodes.map(async (node) => {
      while (!isEnded) results.add(await node.use(key));
    });
    return async () => {
      isEnded = true;
      await Promise.all(using);
      return [...results];
    };
  }

  test('with a synchronous standby: no acknowledged change is lost, and no revoked key is allowed', async () => {
    const [a, b] = nodes as [SiteNode, SiteNode];
    await servers.makeSynchronous();
    const revoked = await issueUsedKey();
    expect(await a.revoke(revoked)).toBe(200);
    await expect.poll(() => b.use(revoked), wait).toBe('key_revoked');
    const endUse = useRepeatedly(revoked);
    const keys: string[] = [];
    for (let index = 0; index < 60; index += 1) keys.push(await issueKey(store));
    const acknowledged = new Set<string>();
    const revoking = (async () => {
      for (const key of keys) if ((await a.revoke(key)) === 200) acknowledged.add(key);
    })();
    await expect.poll(() => acknowledged.size, { ...wait, interval: 1 }).toBeGreaterThan(5);
    await servers.promote();
    servers.moveAddress();
    await revoking;
    for (const node of nodes) await expect.poll(() => node.use('f'.repeat(32)), wait).toBe('key_unknown');
    for (const key of acknowledged) for (const node of nodes) expect(await node.use(key)).toBe('key_revoked');
    for (const key of keys) expect(await b.use(key)).toMatch(/^key(_revoked)?$/);
    expect(await endUse()).not.toContain('key');
  });

  test('with a synchronous standby that does not respond: a revocation is not acknowledged', async () => {
    const [a] = nodes as [SiteNode];
    await servers.makeSynchronous();
    const key = await issueUsedKey();
    servers.cutReplication();
    expect(await a.revoke(key)).toBe(503);
    expect(await a.use(key)).not.toBe('key');
  });

  test('with a standby that lacks the last changes: no node uses what it has in memory', async () => {
    const [a, b] = nodes as [SiteNode, SiteNode];
    const kept = await issueUsedKey();
    const revokedLater = await issueUsedKey();
    servers.cutReplication();
    const revokedBefore = await issueUsedKey();
    expect(await a.revoke(revokedBefore)).toBe(200);
    await expect.poll(() => b.use(revokedBefore), wait).toBe('key_revoked');
    const lost = await issueUsedKey();
    await servers.promote();
    // The new primary has as many changes as the nodes have read, but another last one.
    const promoted = await openPostgresStore({ url: servers.standby.url });
    const record = await promoted.findKeyByHash(hashKey(revokedLater));
    await promoted.revokeKey(record?.id ?? 0, Date.now());
    await promoted.close();
    servers.moveAddress();
    for (const node of nodes) {
      await expect.poll(() => node.use(lost), wait).toBe('key_unknown');
      expect(await node.use(revokedLater)).toBe('key_revoked');
      expect(await node.use(revokedBefore)).toBe('key_unknown');
      expect(await node.use(kept)).toBe('key');
    }
  });
});
