import { isStream } from './send-request.ts';
import type { SiteRefusal } from './site-refusal.ts';

/** Sites count in whole seconds: an earlier retry would only be counted again. */
const MIN_PAUSE_SECONDS = 1;

/**
 * Returns how long to wait before the same request may succeed, in milliseconds; null if waiting does not help. The
 * limit per day is not waited for.
 *
 * @param init the request; a body that is a stream is consumed and cannot be sent again
 * @see PROTOCOL.md#rate-limits
 */
export function decideRetryDelay(
  refusal: SiteRefusal,
  init: { readonly body?: unknown } = {},
): number | null {
  const { status, limitCode, waitSeconds } = refusal;
  if (status !== 429 || waitSeconds === null || limitCode?.endsWith('_1_day')) return null;
  if (isStream(init.body)) return null;
  return Math.max(MIN_PAUSE_SECONDS, waitSeconds) * 1000;
}
