import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AttemptLimiter,
  type ChangeFeed,
  type CreateAttemptLimiter,
  createInProcessAttemptLimiter,
  createInProcessChangeFeed,
  createInProcessUseLimiter,
  type Store,
  type UseLimiter,
} from '@valetkey/server';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { Agent, type Dispatcher, Pool } from 'undici';
import { createUserDirectory, type UserDirectory } from '../accounts/user-directory.ts';
import type { GatewayConfig } from '../config/gateway-config.ts';
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts';

/** What stays open when the configuration is reloaded. */
export interface SharedParts {
  readonly store: Store;
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
const CONNECTIONS = 256;

/** Opens store, user directory and connections. @throws StoreInUseError if another process uses the folder */
export async function openSharedParts(config: GatewayConfig, options: SharedOptions): Promise<SharedParts> {
  const { folder } = config.store;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const store = createSqliteStore({ path: join(folder, 'valetkey.sqlite') });
  const directory = createUserDirectory(join(folder, 'users.sqlite'));
  const dispatcher = new Pool(config.upstream, {
    connections: CONNECTIONS,
    pipelining: 1,
    connect: { timeout: config.timeouts.connect * 1000 },
  });
  const accountsDispatcher = new Agent();
  return {
    store,
    directory,
    dispatcher,
    accountsDispatcher,
    changeFeed: createInProcessChangeFeed(),
    useLimiter: createInProcessUseLimiter(),
    attemptLimiter: shareLimiters(),
    storedSecret: await store.saveSettingIfAbsent(SECRET_NAME, randomBytes(32).toString('hex')),
    ...options,
    async close() {
      await Promise.all([dispatcher.destroy(), accountsDispatcher.destroy()]);
      directory.close();
      await store.close();
    },
  };
}

/** Returns the same limiter for the same name, so that a reload does not reset its counts. */
function shareLimiters(): CreateAttemptLimiter {
  const limiters = new Map<string, AttemptLimiter>();
  return (name, windows) => {
    const limiter = limiters.get(name) ?? createInProcessAttemptLimiter(windows);
    limiters.set(name, limiter);
    return limiter;
  };
}
