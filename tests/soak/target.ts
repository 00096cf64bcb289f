import type { Report } from './report.ts';

/** The site under test, and where results are counted. */
export interface Target {
  readonly url: string;
  readonly report: Report;
  /** Returns a number from 0 up to 1. Seeded, so that a run can be repeated. */
  readonly random: () => number;
  /** Whether the time of the current phase is over. */
  readonly isOver: () => boolean;
}

/** Sends a request and counts it. Returns null if there was no response. */
export async function send(
  { url, report }: Target,
  kind: string,
  path: string,
  { isMeasured = false, ...init }: RequestInit & { isMeasured?: boolean } = {},
): Promise<{ status: number; text: string } | null> {
  const begun = performance.now();
  try {
    const response = await fetch(url + path, {
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
      ...init,
    });
    const text = await response.text();
    report.count(kind, response.status, isMeasured ? performance.now() - begun : undefined);
    return { status: response.status, text };
  } catch {
    report.count(kind, 0);
    return null;
  }
}

/** Returns a seeded source of random numbers (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns one of the values. */
export function pick<Value>({ random }: Pick<Target, 'random'>, values: readonly Value[]): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('There is nothing to pick from.');
  return value;
}
