import type { SteppedClock } from '@valetkey/test-support/start-stepped-clock';

const HOUR_MS = 3_600_000;

/**
 * Sends 40 requests at once for each key, half of them to each node, while the clock of the nodes is set forward and back.
 * Returns how many were allowed, for each key.
 */
export async function measureLimits(
  [a, b]: readonly [string, string],
  clock: Pick<SteppedClock, 'set'>,
  keys: readonly string[],
): Promise<number[]> {
  const allowed: number[] = [];
  for (const [round, key] of keys.entries()) {
    const use = async (index: number) => {
      // In the middle of the requests.
      if (index === 20) clock.set(round % 2 === 0 ? HOUR_MS : -HOUR_MS);
      const response = await fetch(`${index % 2 ? a : b}/latest.json`, { headers: { 'User-Api-Key': key } });
      await response.arrayBuffer();
      return response.status;
    };
    const statuses = await Promise.all(Array.from({ length: 40 }, (_, index) => use(index)));
    const others = statuses.filter((status) => status !== 200 && status !== 429);
    if (others.length > 0) throw new Error(`Unexpected statuses: ${others.join(', ')}`);
    allowed.push(statuses.filter((status) => status === 200).length);
  }
  return allowed;
}
