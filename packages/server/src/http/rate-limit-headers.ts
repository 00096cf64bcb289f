import type { RemainingUses, UseLimits } from '../core/use-limits.ts';

/** By the limits object, which is the same until the settings change. */
const policies = new WeakMap<UseLimits, string>();

/**
 * Returns the headers `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers, which announce the
 * remaining uses. `q` and `r` count requests, `w` and `t` are seconds.
 */
export function rateLimitHeaders(
  limits: UseLimits,
  { minute, day }: RemainingUses,
): { 'RateLimit-Policy': string; RateLimit: string } {
  let policy = policies.get(limits);
  if (policy === undefined) {
    policy = `"minute";q=${limits.perMinute};w=60`;
    if (hasDay(limits)) policy += `, "day";q=${limits.perDay};w=86400`;
    policies.set(limits, policy);
  }
  const state = `"minute";r=${minute.remaining};t=${minute.resetSeconds}`;
  return {
    'RateLimit-Policy': policy,
    RateLimit: hasDay(limits) ? `${state}, "day";r=${day.remaining};t=${day.resetSeconds}` : state,
  };
}

/** Admin keys have no daily limit. */
const hasDay = ({ perDay }: UseLimits): boolean => perDay !== Number.POSITIVE_INFINITY;
