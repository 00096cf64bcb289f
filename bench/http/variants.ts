import type { Principal } from '@valetkey/server';
import type { BenchSite } from '../bench-site.ts';

/** The code around the handler, from nothing to everything that the documentation recommends. */
export const VARIANTS = {
  bare: 'the handler alone',
  'bare + headers':
    'the same, with constants as RateLimit and CORS headers: what the headers cost without Valetkey',
  'bare + limits':
    'an empty middleware and two constants as RateLimit headers: the least that a guard can take',
  verify: 'the verifier, called with plain data',
  'verify + headers': 'the same, and RateLimit headers on the response',
  authorize: 'the verifier, called with a fetch-style Request',
  'authorize + headers': 'the same, and RateLimit headers on the response',
  embedding: "the README's embedding: own endpoints, authorize, RateLimit and CORS headers",
  'embedding in memory': 'the same, without a promise if nothing is loaded',
  guard: 'the guard of the adapter for this framework: verifier and RateLimit headers',
  'endpoints + guard': 'the adapter as the guide says: own endpoints, verifier, RateLimit and CORS headers',
} as const;

/** The name of a variant. */
export type Variant = keyof typeof VARIANTS;

/** A server that listens on a free port of 127.0.0.1. */
export interface RunningServer {
  readonly port: number;
}

/** Starts one framework with one variant. */
export type StartServer = (variant: Variant, site: BenchSite) => Promise<RunningServer>;

/** The headers of `bare + limits`, as long as those of a guard. */
export const CONSTANT_LIMITS = {
  'RateLimit-Policy': '"minute";q=20;w=60, "day";q=2880;w=86400',
  RateLimit: '"minute";r=19;t=60, "day";r=2000;t=40000',
} as const;

/** Returns the site’s response, the same for every framework and variant. */
export function topic(id: string, principal: Principal | null) {
  return {
    id: Number(id),
    title: 'Plums',
    excerpt: 'They are mine.',
    reader: principal?.user.username ?? 'nobody',
  };
}

/** All refusals have this body, because refusals are not measured. */
export const REFUSED = { error_type: 'refused' };
