import type { CreateAttemptLimiter, UseLimiter } from '@valetkey/server';
import { Redis } from 'ioredis';
import type { LimiterOptions } from './limiter-options.ts';
import { createValkeyAttemptLimiters } from './valkey-attempt-limiter.ts';
import { createValkeyUseLimiter } from './valkey-use-limiter.ts';

/** Where the server is, and what to do without it. */
export interface ValkeyOptions extends Pick<LimiterOptions, 'prefix' | 'whenUnavailable' | 'clock'> {
  /** `redis://user:password@host:6379/0`, or `rediss://` for TLS. */
  readonly url: string;
}

/** The limiters of a site on one connection. */
export interface Valkey {
  readonly useLimiter: UseLimiter;
  readonly attemptLimiter: CreateAttemptLimiter;
  /** Call it after the site was closed. */
  close(): Promise<void>;
}

/** The longest that a request waits for the server. */
const COMMAND_TIMEOUT_MS = 500;

/**
 * Connects to Valkey 7.2 or later, or Redis 6.2 or later, and creates the limiters of a site. Connects again by itself. Until
 * then, `whenUnavailable` applies, also if the server is down at the start. By default, requests with a key, approvals and the
 * device flow are rejected with `limits_unavailable`.
 *
 * @throws TypeError if the URL does not begin with `redis://` or `rediss://`
 * @example
 * ```ts
 * const { useLimiter, attemptLimiter } = openValkey({ url: 'redis://cache.example' });
 * const valetkey = await createValetkey({ site, store, useLimiter, attemptLimiter });
 * ```
 */
export function openValkey({ url, ...options }: ValkeyOptions): Valkey {
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) {
    throw new TypeError('The URL of Valkey must begin with redis:// or rediss://.');
  }
  const client = new Redis(url, {
    // A request fails at once instead of waiting for a connection.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 2_000,
    retryStrategy: (attempts) => Math.min(attempts * 50, 1_000),
  });
  // Without a listener, ioredis prints each failed attempt to connect.
  client.on('error', () => {});
  return {
    useLimiter: createValkeyUseLimiter({ ...options, client }),
    attemptLimiter: createValkeyAttemptLimiters({ ...options, client }),
    async close() {
      client.disconnect();
    },
  };
}
