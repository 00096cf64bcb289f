import type { MaybePromise } from '../../core/maybe-promise.ts';
import type { ProxyResponse } from './render-proxy-response.ts';

/** The responses of the last seconds, for proxies that ask several times about one request. */
export interface RecentResponses {
  /** Returns the response for this id, or the result of `decide`, which is then remembered. */
  getOr(id: string, decide: () => MaybePromise<ProxyResponse>): MaybePromise<ProxyResponse>;
}

interface Recent {
  readonly response: MaybePromise<ProxyResponse>;
  readonly until: number;
}

/** nginx asks again for `index` and `try_files` within one request. */
const LIFETIME_MS = 5_000;
/** Of the newer half. Twice as many are kept. */
const MAX_NEWER = 5_000;

/**
 * Creates an empty memory. It drops the older half of its responses at once: to drop each from one map at its end takes
 * a sixth of the time of a question, because each search for the oldest entry passes all gaps of earlier ones.
 *
 * @param monotonicNow milliseconds
 */
export function createRecentResponses(monotonicNow: () => number): RecentResponses {
  let newer = new Map<string, Recent>();
  let older = new Map<string, Recent>();
  /** When `newer` becomes `older`, unless it is full before. */
  let newerUntil = 0;

  function dropOld(now: number): void {
    if (newer.size < MAX_NEWER && now < newerUntil) return;
    older = newer;
    newer = new Map();
    newerUntil = now + LIFETIME_MS;
  }

  return {
    getOr(id, decide) {
      const now = monotonicNow();
      dropOld(now);
      const known = newer.get(id) ?? older.get(id);
      if (known && now < known.until) return known.response;
      const response = decide();
      newer.set(id, { response, until: now + LIFETIME_MS });
      return response;
    },
  };
}
