import type { PushOutcome, PushProblem } from '../push-outcome.ts';
import type { PushRequest } from '../push-sender.ts';

/** Returns a push to this URL, with these changes. */
export const pushTo = (pushUrl: string, changes: Partial<PushRequest> = {}): PushRequest => ({
  pushUrl,
  deliveryId: 'a'.repeat(32),
  makeBody: async () => '{"title":"Plümé"}',
  signal: new AbortController().signal,
  ...changes,
});

/** Returns the outcome of an attempt without a response. */
export const failure = (problem: PushProblem, isPermanent = false): PushOutcome => ({
  kind: 'failed',
  problem,
  isPermanent,
  retryAfterMs: null,
});
