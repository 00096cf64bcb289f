/** Why a push was not taken; `status` goes with a number. */
export type PushProblem =
  /** The push URL is not https, left on the list by a program that pushed to private addresses; this one does not. */
  | 'not_https'
  /** Its name leads to an address that is not public, or is none. */
  | 'private_address'
  /** Its name leads nowhere. */
  | 'name_not_found'
  /** No connection, or one that broke; a certificate that will not do. */
  | 'unreachable'
  /** No answer within the deadline. */
  | 'timeout'
  /** An answer that takes nothing: redirects (never followed), refusals, breakdowns. */
  | 'status'
  /** The queue for this push URL is full, so the push was not queued. */
  | 'queue_full'
  /** The store failed, so the push was not queued or its outcome not written down. */
  | 'store_failed';

/** How one attempt to push ended. */
export type PushOutcome =
  | { readonly kind: 'delivered' }
  /** There was nobody left to tell, so nothing was sent. */
  | { readonly kind: 'nobody' }
  /** The worker is stopping. */
  | { readonly kind: 'interrupted' }
  | {
      readonly kind: 'failed';
      readonly problem: PushProblem;
      readonly status?: number;
      /** Whether trying again can help. */
      readonly isPermanent: boolean;
      /** What `Retry-After` asked for; null where it asked for nothing. */
      readonly retryAfterMs: number | null;
    };

/** What an answer means. Only 2xx is delivered: a redirect is not followed, and so delivers nothing. */
export function decideOutcome(status: number, retryAfter: string | null, now: number): PushOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const isPermanent = status < 500 && !TRY_AGAIN.has(status);
  const retryAfterMs = isPermanent ? null : parseRetryAfter(retryAfter, now);
  return { kind: 'failed', problem: 'status', status, isPermanent, retryAfterMs };
}

/** Request timeout, too early, too many requests. */
const TRY_AGAIN: ReadonlySet<number> = new Set([408, 425, 429]);

/** Seconds or a date (RFC 9110 section 10.2.3); null for anything else. */
function parseRetryAfter(text: string | null, now: number): number | null {
  const trimmed = text?.trim() ?? '';
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) * 1000;
  const date = /^[A-Z][a-z]{2}, /.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
