import type { Case } from '../verify/measure.ts';
import { loadPeer } from './load-peer.ts';

interface RateLimiterFlexible {
  readonly RateLimiterMemory: new (options: {
    points: number;
    duration: number;
  }) => { consume(key: string): Promise<{ consumedPoints: number }> };
}

/** rate-limiter-flexible 11 in memory: one fixed window, without a key lookup. */
export async function createRateLimiterCase(order: readonly string[]): Promise<Case> {
  const { RateLimiterMemory } = await loadPeer<RateLimiterFlexible>('rate-limiter-flexible');
  // It uses the system clock, so the default limits would reject most requests of a benchmark.
  const limiter = new RateLimiterMemory({ points: 1e9, duration: 60 });
  return {
    name: 'rate-limiter-flexible, in memory',
    operationsPerRound: order.length,
    async run() {
      // It rejects a use above the limit.
      for (const key of order) await limiter.consume(key);
    },
  };
}
