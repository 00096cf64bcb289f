import type { Verification } from '../verify/create-verification.ts';
import type { Metrics } from './metrics.ts';

/** Reads the sizes and lookups of both caches when the metrics are rendered. */
export function observeCaches(
  { keys, adminKeys }: Pick<Verification, 'keys' | 'adminKeys'>,
  metrics: Metrics,
): void {
  for (const [kind, { cache }] of [
    ['user_key', keys],
    ['admin_key', adminKeys],
  ] as const) {
    metrics.gauge('valetkey_key_cache_entries', () => cache.size, { kind });
    for (const result of ['hit', 'miss'] as const)
      metrics.gauge('valetkey_key_cache_lookups_total', () => cache.lookups[result], { kind, result });
  }
}
