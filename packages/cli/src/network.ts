import type { FetchOptions } from '@valetkey/client';
import { withPassword } from './with-password.ts';

const DEADLINE_MS = 30_000;

/** The part of a response that must arrive before the deadline. */
export type Bound = 'whole' | 'head';

/** How requests are sent and aborted. */
export interface Network extends FetchOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
}

/**
 * Returns the options of all requests: a response must arrive within 30 seconds, and Ctrl-C aborts.
 *
 * @param bound `head` if the body may be long
 */
export function networkOptions(signal: AbortSignal, bound: Bound = 'whole'): Network {
  const { VALETKEY_BASIC_AUTH } = process.env;
  return { fetch: withPassword(fetchWithin(DEADLINE_MS, bound), VALETKEY_BASIC_AUTH), signal };
}

/** Returns a `fetch` with a deadline for the response. */
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
      // The reader of the body keeps the process running; this timer must not.
      if (isBodyBound) timer.unref();
      else clearTimeout(timer);
    }
  };
}

/** Whether the deadline ended reading a body. Before the body, the client throws `site_unreachable`. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'TimeoutError';
