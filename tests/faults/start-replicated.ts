import { startPostgres } from '@valetkey/test-support/postgres/start-postgres';
import { type StandbyServer, startStandby } from '@valetkey/test-support/postgres/start-standby';
import { startTcpProxy } from '@valetkey/test-support/start-tcp-proxy';
import pg from 'pg';

/** A primary and its standby, with an address that can move from one to the other. */
export interface ReplicatedServers {
  /** The database at the address. */
  readonly url: string;
  readonly standby: StandbyServer;
  /** From now on, a commit is acknowledged when the standby has stored it. */
  makeSynchronous(): Promise<void>;
  /** The standby receives nothing from now on, as in a network that is cut. */
  cutReplication(): void;
  /** Stops the primary like a crash, and makes the standby a primary. */
  promote(): Promise<void>;
  /** The address leads to the standby from now on. */
  moveAddress(): void;
  remove(): Promise<void>;
}

const portOf = (url: string): number => Number(new URL(url).port);
const withPort = (url: string, port: number): string => Object.assign(new URL(url), { port }).href;

export async function startReplicated(): Promise<ReplicatedServers> {
  const primary = await startPostgres();
  const address = await startTcpProxy(portOf(primary.url));
  const replication = await startTcpProxy(portOf(primary.url));
  const standby = await startStandby(withPort(primary.url, replication.port));
  return {
    url: withPort(primary.url, address.port),
    standby,
    async makeSynchronous() {
      const client = new pg.Client(primary.url);
      await client.connect();
      await client.query("ALTER SYSTEM SET synchronous_standby_names = '*'");
      await client.query('SELECT pg_reload_conf()');
      await client.end();
    },
    cutReplication: () => replication.cut(),
    async promote() {
      await primary.kill();
      await standby.promote();
    },
    moveAddress: () => address.forwardTo(portOf(standby.url)),
    async remove() {
      await Promise.all([address.close(), replication.close()]);
      await Promise.all([primary.remove(), standby.remove()]);
    },
  };
}
