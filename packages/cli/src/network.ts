import type { FetchOptions } from '@valetkey/client';
import { withPassword } from './with-password.ts';

const DEADLINE_MS = 30_000;

/** What has to have come before the deadline: all of an answer, or only its head. */
export type Bound = 'whole' | 'head';

/** How requests go out, and what ends them. */
export interface Network extends FetchOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
}

/**
 * How every command reaches a site: not longer than half a minute for one answer, and Ctrl-C ends it.
 *
 * @param bound `head` where the body is what a person wants, and may be long
 */
export function networkOptions(signal: AbortSignal, bound: Bound = 'whole'): Network {
  const { VALETKEY_BASIC_AUTH } = process.env;
  return { fetch: withPassword(fetchWithin(DEADLINE_MS, bound), VALETKEY_BASIC_AUTH), signal };
}

/** `fetch` that gives up when the answer is not there in time, so that nobody is kept waiting by one that trickles. */
export function fetchWithin(deadlineMs: number, bound: Bound = 'whole'): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const deadline = new AbortController();
    const late = () => deadline.abort(new DOMException('The request timed out.', 'TimeoutError'));
    const timer = setTimeout(late, deadlineMs);
    const signals = [deadline.signal, ...(init.signal ? [init.signal] : [])];
    let isBodyBound = false;
    try {
      const answer = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
      isBodyBound = bound === 'whole';
      return answer;
    } finally {
      // What waits for the body keeps the command alive; the deadline for it must not.
      if (isBodyBound) timer.unref();
      else clearTimeout(timer);
    }
  };
}

/** Whether it was the deadline that ended the reading of a body; before that, the client says `site_unreachable`. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'TimeoutError';
