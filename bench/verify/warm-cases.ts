import { hash, randomInt } from 'node:crypto';
import type { BenchSite } from '../bench-site.ts';
import type { Case } from './measure.ts';

/** Returns keys in random order, as many as a round asks for. */
export function randomOrder(keys: readonly string[], length: number): string[] {
  return Array.from({ length }, () => keys[randomInt(keys.length)] as string);
}

/** SHA-256 alone: no verifier can do without it. */
export function hashCase(order: readonly string[]): Case {
  return {
    name: 'hash',
    operationsPerRound: order.length,
    run() {
      let length = 0;
      for (const key of order) length += hash('sha256', key).length;
      if (length !== 64 * order.length) throw new Error('A hash has another length.');
    },
  };
}

/** SHA-256 and a look-up in a Map: the least that finds a key. */
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

/** A whole decision for a key in memory. Throws when a key is rejected, or when the answer is a promise. */
export function warmCase(site: BenchSite, order: readonly string[]): Case {
  return {
    name: 'verify',
    operationsPerRound: order.length,
    run() {
      for (const key of order) {
        const verdict = site.verify(key, '192.0.2.1', 'bench');
        if (verdict instanceof Promise) throw new Error('A key was not in memory.');
        if (!verdict.allowed) throw new Error(`The benchmark's own key was rejected: ${verdict.code}.`);
      }
    },
  };
}
