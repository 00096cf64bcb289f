/** Why a push failed; `status` has a number. */
export type PushProblem =
  /** The push URL is not https: stored by a program that allowed private addresses. */
  | 'not_https'
  /** An IP address of the host is not public. */
  | 'private_address'
  /** DNS has no IP address for the host. */
  | 'name_not_found'
  /** No connection, a broken connection, or an invalid certificate. */
  | 'unreachable'
  /** No response before the deadline. */
  | 'timeout'
  /** Any response other than 2xx. Redirects are not followed. */
  | 'status'
  /** The queue of this push URL is full; the push was not queued. */
  | 'queue_full'
  /** The store failed; the push was not queued, or its result not stored. */
  | 'store_failed';

/** The result of one attempt. */
export type PushOutcome =
  | { readonly kind: 'delivered' }
  /** No key receives the push any longer; nothing was sent. */
  | { readonly kind: 'nobody' }
  /** The worker is stopping. */
  | { readonly kind: 'interrupted' }
  | {
      readonly kind: 'failed';
      readonly problem: PushProblem;
      readonly status?: number;
      /** True if a retry cannot succeed. */
      readonly isPermanent: boolean;
      /** The delay that `Retry-After` requests; null if there is none. */
      readonly retryAfterMs: number | null;
    };

/** Interprets a response. Only 2xx means delivered; a redirect is not followed and therefore fails. */
export function decideOutcome(status: number, retryAfter: string | null, now: number): PushOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const isPermanent = status < 500 && !TRY_AGAIN.has(status);
  const retryAfterMs = isPermanent ? null : parseRetryAfter(retryAfter, now);
  return { kind: 'failed', problem: 'status', status, isPermanent, retryAfterMs };
}

/** Request Timeout, Too Early, Too Many Requests. */
const TRY_AGAIN: ReadonlySet<number> = new Set([408, 425, 429]);

/** Parses seconds or a date (RFC 9110 section 10.2.3); null for other texts. */
function parseRetryAfter(text: string | null, now: number): number | null {
  const trimmed = text?.trim() ?? '';
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) * 1000;
  const date = /^[A-Z][a-z]{2}, /.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
