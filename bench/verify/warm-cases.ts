import { hash, randomInt } from 'node:crypto';
import type { BenchSite } from '../bench-site.ts';
import type { Case } from './measure.ts';

/** Returns keys in random order, as many as a round needs. */
export function randomOrder(keys: readonly string[], length: number): string[] {
  return Array.from({ length }, () => keys[randomInt(keys.length)] as string);
}

/** SHA-256 alone, which every verifier needs. */
export function hashCase(order: readonly string[]): Case {
  return {
    name: 'hash',
    operationsPerRound: order.length,
    run() {
      let length = 0;
      for (const key of order) length += hash('sha256', key).length;
      if (length !== 64 * order.length) throw new Error('A hash has the wrong length.');
    },
  };
}

/** SHA-256 and a Map lookup: the minimum to find a key. */
export function hashAndMapCase(keys: readonly string[], order: readonly string[]): Case {
  const known = new Map(keys.map((key) => [hash('sha256', key), { isRevoked: false }]));
  return {
    name: 'hash + Map',
    operationsPerRound: order.length,
    run() {
      for (const key of order)
        if (known.get(hash('sha256', key))?.isRevoked !== false) throw new Error('A key is not in the Map.');
    },
  };
}

/** A complete decision with a cached key. Throws if a key is rejected or a promise is returned. */
export function warmCase(site: BenchSite, order: readonly string[]): Case {
  return {
    name: 'verify',
    operationsPerRound: order.length,
    run() {
      for (const key of order) {
        const result = site.verify(key, '192.0.2.1', 'bench');
        if (result instanceof Promise) throw new Error('A key was not in memory.');
        if (!result.allowed) throw new Error(`The benchmark's own key was rejected: ${result.code}.`);
      }
    },
  };
}
