/** The summary of a case. */
export interface Summary {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

/** Returns the median and the quartiles; NaN for no numbers. */
export function summarize(numbers: readonly number[]): Summary {
  const sorted = numbers.toSorted((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
  };
}

/**
 * Returns the quantile of this share.
 *
 * @param sorted ascending
 * @param share from 0 to 1
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

/** Returns the summary of each number divided by the number of the same round, because a slow round affects both. */
export function summarizeRatios(numbers: readonly number[], base: readonly number[]): Summary {
  return summarize(numbers.map((number, round) => number / (base[round] ?? Number.NaN)));
}
