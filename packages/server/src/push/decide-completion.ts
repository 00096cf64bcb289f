import type { ClaimedPush, PushSettlement } from '../ports/push-store.ts';
import type { PushOutcome } from './push-outcome.ts';

const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 3_600_000;

/** What is older than this is not news any more. */
const GIVE_UP_AFTER_MS = 86_400_000;

/**
 * What becomes of a push after an attempt. Failures are counted for the push URL, so that a target that is down is asked
 * rarely however much waits for it: after 5 seconds, then 10, 20, … up to an hour, each stretched by up to half so that
 * those who failed together do not come back together. `Retry-After` is honoured where it is longer, up to that hour.
 *
 * @param jitter from 0 up to 1, of cryptographic origin
 */
export function decideCompletion(
  claim: Pick<ClaimedPush, 'createdAt' | 'targetFailures'>,
  outcome: PushOutcome,
  now: number,
  jitter: number,
): PushSettlement {
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
