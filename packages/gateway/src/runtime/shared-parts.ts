import { randomBytes } from 'node:crypto';
import type { ChangeFeed, CreateAttemptLimiter, Store, UseLimiter } from '@valetkey/server';
import type { Database } from '@valetkey/sql-store/database';
import { Agent, type Dispatcher, Pool } from 'undici';
import { createUserDirectory, type UserDirectory } from '../accounts/user-directory.ts';
import type { GatewayConfig } from '../config/gateway-config.ts';
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts';
import { openDatabases } from './open-databases.ts';
import { openLimiters } from './open-limiters.ts';

/** What stays open when the configuration is reloaded. */
export interface SharedParts {
  readonly store: Store;
  /** The gateway's own tables. */
  readonly database: Database;
  readonly directory: UserDirectory;
  readonly changeFeed: ChangeFeed;
  readonly useLimiter: UseLimiter;
  readonly attemptLimiter: CreateAttemptLimiter;
  /** Connections to the service. */
  readonly dispatcher: Dispatcher;
  /** Connections to the source of accounts. */
  readonly accountsDispatcher: Dispatcher;
  /** The secret of this site, created at the first start. */
  readonly storedSecret: string;
  /** Receives unexpected errors and failed jobs. */
  readonly reportError: (error: unknown) => void;
  readonly metrics: GatewayMetrics;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Monotonic milliseconds, for limits. */
  readonly monotonicNow: () => number;
  close(): Promise<void>;
}

type SharedOptions = Pick<SharedParts, 'reportError' | 'metrics' | 'now' | 'monotonicNow'>;

const SECRET_NAME = 'gateway_secret';

/**
 * Opens store, user directory and connections.
 *
 * @throws StoreInUseError if another process uses the folder
 * @throws ValetkeyError `store_unavailable` if the database cannot be reached
 */
export async function openSharedParts(config: GatewayConfig, options: SharedOptions): Promise<SharedParts> {
  const { store, database, changeFeed, close } = await openDatabases(config.store);
  const limiters = await openLimiters(config.valkey);
  const directory = createUserDirectory(database, changeFeed, options.now);
  const dispatcher = new Pool(config.upstream, {
    connections: config.limits.connections,
    pipelining: 1,
    connect: { timeout: config.timeouts.connect * 1000 },
  });
  const accountsDispatcher = new Agent();
  return {
    store,
    database,
    directory,
    dispatcher,
    accountsDispatcher,
    changeFeed,
    useLimiter: limiters.useLimiter,
    attemptLimiter: limiters.attemptLimiter,
    storedSecret: await store.saveSettingIfAbsent(SECRET_NAME, randomBytes(32).toString('hex')),
    ...options,
    async close() {
      directory.close();
      await Promise.all([dispatcher.destroy(), accountsDispatcher.destroy(), limiters.close()]);
      await close();
    },
  };
}
