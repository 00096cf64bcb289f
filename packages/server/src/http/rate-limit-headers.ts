import type { RemainingUses, UseLimits } from '../core/use-limits.ts';

/** The policies by their limits: they are the same object until the settings change. */
const policies = new WeakMap<UseLimits, string>();

/**
 * The fields `RateLimit-Policy` and `RateLimit` of the IETF draft draft-ietf-httpapi-ratelimit-headers, which tell a client what is
 * left before it is refused. `q` and `r` in requests, `w` and `t` in seconds.
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

/** Admin keys have no limit for the day. */
const hasDay = ({ perDay }: UseLimits): boolean => perDay !== Number.POSITIVE_INFINITY;
