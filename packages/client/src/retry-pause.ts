import type { SiteRefusal } from './site-refusal.ts';

/** Sites count whole seconds; asking again within one would only be counted again. */
const MIN_PAUSE_SECONDS = 1;

/**
 * How long to wait before the same request may succeed, in milliseconds; null if waiting does not help. The limit per
 * day is never waited for.
 *
 * @see PROTOCOL.md section 5
 */
export function decideRetryPause(refusal: SiteRefusal, init: RequestInit): number | null {
  const { status, limitCode, waitSeconds } = refusal;
  if (status !== 429 || waitSeconds === null || limitCode?.endsWith('_1_day')) return null;
  // What has flowed out once cannot be sent again.
  if (init.body instanceof ReadableStream) return null;
  return Math.max(MIN_PAUSE_SECONDS, waitSeconds) * 1000;
}
