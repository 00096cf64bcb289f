import type { Verdict } from './render-verdict.ts';

/** The verdicts of the last seconds, for proxies that ask several times about one request. */
export interface RecentVerdicts {
  /** Returns the verdict for this id, or the result of `decide`, which is then remembered. */
  getOr(id: string, decide: () => Promise<Verdict>): Promise<Verdict>;
}

interface Recent {
  readonly verdict: Promise<Verdict>;
  readonly until: number;
}

/** nginx asks again for `index` and `try_files` within one request. */
const LIFETIME_MS = 5_000;
const MAX_VERDICTS = 10_000;

/** @param monotonicNow milliseconds */
export function createRecentVerdicts(monotonicNow: () => number): RecentVerdicts {
  /** In the order of their ends. */
  const recent = new Map<string, Recent>();

  function dropOld(now: number): void {
    for (const [id, { until }] of recent) {
      if (until > now && recent.size < MAX_VERDICTS) return;
      recent.delete(id);
    }
  }

  return {
    getOr(id, decide) {
      const now = monotonicNow();
      dropOld(now);
      const known = recent.get(id);
      if (known) return known.verdict;
      const verdict = decide();
      recent.set(id, { verdict, until: now + LIFETIME_MS });
      return verdict;
    },
  };
}
