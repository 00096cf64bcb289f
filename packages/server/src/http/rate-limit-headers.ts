import type { KeyUses, UseLimits } from '../core/limits/sliding-windows.ts';

/**
 * What a good client reads before it hits the wall: the fields `RateLimit-Policy` and `RateLimit` of the IETF draft
 * draft-ietf-httpapi-ratelimit-headers, with `q` and `r` in requests, `w` and `t` in seconds.
 */
export function rateLimitHeaders(uses: KeyUses, limits: UseLimits, now: number): Record<string, string> {
  const { minute, day } = uses.remaining(now, limits);
  const policies = [`"minute";q=${limits.perMinute};w=60`];
  const states = [`"minute";r=${minute.remaining};t=${minute.resetSeconds}`];
  // Admin keys have none for the day.
  if (limits.perDay !== Number.POSITIVE_INFINITY) {
    policies.push(`"day";q=${limits.perDay};w=86400`);
    states.push(`"day";r=${day.remaining};t=${day.resetSeconds}`);
  }
  return { 'RateLimit-Policy': policies.join(', '), RateLimit: states.join(', ') };
}
