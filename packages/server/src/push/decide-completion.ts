import type { ClaimedPush, PushCompletion } from '../ports/push-store.ts';
import type { PushOutcome } from './push-outcome.ts';

const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 3_600_000;

/** A push older than this is dropped. */
const GIVE_UP_AFTER_MS = 86_400_000;

/**
 * Decides the state of a push after an attempt. Failures are counted per push URL, so that an unavailable target gets
 * few requests however many pushes are queued. The delay is 5 seconds, then 10, 20, … up to an hour, plus up to 50 %
 * jitter. A longer `Retry-After` is honoured, up to an hour.
 *
 * @param jitter from 0 to 1, exclusive, from a cryptographic source
 */
export function decideCompletion(
  claim: Pick<ClaimedPush, 'createdAt' | 'targetFailures'>,
  outcome: PushOutcome,
  now: number,
  jitter: number,
): PushCompletion {
  const { targetFailures } = claim;
  switch (outcome.kind) {
    case 'delivered':
      return { isDone: true, targetFailures: 0, notBefore: 0 };
    case 'nobody':
      return { isDone: true, targetFailures, notBefore: 0 };
    case 'interrupted':
      return { isDone: false, targetFailures, notBefore: 0 };
    case 'failed': {
      if (outcome.isPermanent) return { isDone: true, targetFailures, notBefore: 0 };
      const delay = Math.min(FIRST_DELAY_MS * 2 ** targetFailures, LONGEST_DELAY_MS) * (1 + jitter / 2);
      const asked = Math.min(outcome.retryAfterMs ?? 0, LONGEST_DELAY_MS);
      const notBefore = now + Math.round(Math.max(delay, asked));
      const isDone = notBefore - claim.createdAt > GIVE_UP_AFTER_MS;
      return { isDone, targetFailures: targetFailures + 1, notBefore };
    }
  }
}
