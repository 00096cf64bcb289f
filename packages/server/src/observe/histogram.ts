/** Upper limits in seconds. A verification takes microseconds, so they start lower than usual. */
export const BUCKETS = [
  0.00001, 0.000025, 0.0001, 0.00025, 0.001, 0.0025, 0.01, 0.025, 0.1, 0.25, 1, 5,
] as const;

/** Counts durations by their upper limit. */
export interface Histogram {
  /** Adds one duration in seconds. */
  observe(seconds: number): void;
  /** Returns the cumulative counts of `BUCKETS`, the number of durations, and their sum in seconds. */
  read(): { readonly buckets: readonly number[]; readonly count: number; readonly sum: number };
}

export function createHistogram(): Histogram {
  const counts = BUCKETS.map(() => 0);
  let count = 0;
  let sum = 0;
  return {
    observe(seconds) {
      count += 1;
      sum += seconds;
      const bucket = BUCKETS.findIndex((limit) => seconds <= limit);
      if (bucket !== -1) counts[bucket] = (counts[bucket] as number) + 1;
    },
    read() {
      let below = 0;
      const buckets = counts.map((each) => {
        below += each;
        return below;
      });
      return { buckets, count, sum };
    },
  };
}
