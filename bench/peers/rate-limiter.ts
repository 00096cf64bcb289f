import type { Case } from '../verify/measure.ts';
import { loadPeer } from './load-peer.ts';

interface Limiter {
  /** Rejects a use above the limit. */
  consume(key: string): Promise<{ consumedPoints: number }>;
}

interface RateLimiterFlexible {
  readonly RateLimiterMemory: new (options: { points: number; duration: number }) => Limiter;
  readonly RateLimiterRedis: new (options: {
    storeClient: object;
    points: number;
    duration: number;
  }) => Limiter;
}

// It uses the system clock, so the default limits would reject most requests of a benchmark.
const LIMIT = { points: 1e9, duration: 60 };

/** rate-limiter-flexible 11 in memory: one fixed window, without a key lookup. */
export async function createRateLimiterCase(order: readonly string[]): Promise<Case> {
  const { RateLimiterMemory } = await loadPeer<RateLimiterFlexible>('rate-limiter-flexible');
  return consumeCase('rate-limiter-flexible, in memory', new RateLimiterMemory(LIMIT), order);
}

/** The same with its counts in Redis or Valkey. */
export async function createRedisRateLimiterCase(client: object, order: readonly string[]): Promise<Case> {
  const { RateLimiterRedis } = await loadPeer<RateLimiterFlexible>('rate-limiter-flexible');
  const limiter = new RateLimiterRedis({ ...LIMIT, storeClient: client });
  return consumeCase('rate-limiter-flexible, in Valkey', limiter, order);
}

function consumeCase(name: string, limiter: Limiter, order: readonly string[]): Case {
  return {
    name,
    operationsPerRound: order.length,
    async run() {
      for (const key of order) await limiter.consume(key);
    },
  };
}
