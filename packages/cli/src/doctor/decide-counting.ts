import { type Finding, finding } from './finding.ts';

/**
 * Reports that the nodes of a site count the uses of a key apart. Each request uses up one, so a number that does not
 * decrease is from another count.
 *
 * @param remaining the remaining uses of the day by consecutive requests
 */
export function decideCounting(remaining: readonly number[]): Finding[] {
  const isCountedApart = remaining.some(
    (left, index) => left >= (remaining[index - 1] ?? Number.POSITIVE_INFINITY),
  );
  if (!isCountedApart) return [];
  const seen = `Consecutive requests left ${remaining.join(', ')} for this day: each node counts its own.`;
  return [finding('limits_per_node', seen)];
}
