import { setTimeout as wait } from 'node:timers/promises';

/** How often the other node is asked. */
const PROBE_EVERY_MS = 2;

const request = (url: string, path: string, key: string, method = 'GET') =>
  fetch(url + path, { method, headers: { 'User-Api-Key': key } });

/**
 * Revokes each key on one node, and returns how long the other one still allowed requests with it: the milliseconds from
 * the response to the revocation until the last allowed request was sent; 0 if it allowed none.
 */
export async function measureRevocations(a: string, b: string, keys: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const key of keys) times.push(await measureRevocation(a, b, key));
  return times;
}

async function measureRevocation(a: string, b: string, key: string): Promise<number> {
  // Both have the key in memory.
  for (const url of [a, b]) await expectStatus(await request(url, '/latest.json', key), 200);
  let revokedAt = Number.POSITIVE_INFINITY;
  let lastAllowedAt = 0;
  let isRejected = false;
  const probes: Promise<void>[] = [];
  async function probe(): Promise<void> {
    const sentAt = performance.now();
    const response = await request(b, '/latest.json', key);
    await response.arrayBuffer();
    if (response.status === 200) lastAllowedAt = Math.max(lastAllowedAt, sentAt);
    else if (sentAt > revokedAt) isRejected = true;
  }
  const revoking = request(a, '/user-api-key/revoke', key, 'POST').then(async (response) => {
    await expectStatus(response, 200);
    revokedAt = performance.now();
  });
  while (!isRejected) {
    probes.push(probe());
    await wait(PROBE_EVERY_MS);
  }
  await Promise.all([revoking, ...probes]);
  return Math.max(0, lastAllowedAt - revokedAt);
}

async function expectStatus(response: Response, status: number): Promise<void> {
  const text = await response.text();
  if (response.status !== status) throw new Error(`Expected ${status}, got ${response.status}: ${text}`);
}
