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
const MAX_RESPONSES = 10_000;

/** @param monotonicNow milliseconds */
export function createRecentResponses(monotonicNow: () => number): RecentResponses {
  /** In the order of their ends. */
  const recent = new Map<string, Recent>();

  function dropOld(now: number): void {
    for (const [id, { until }] of recent) {
      if (until > now && recent.size < MAX_RESPONSES) return;
      recent.delete(id);
    }
  }

  return {
    getOr(id, decide) {
      const now = monotonicNow();
      dropOld(now);
      const known = recent.get(id);
      if (known) return known.response;
      const response = decide();
      recent.set(id, { response, until: now + LIFETIME_MS });
      return response;
    },
  };
}
