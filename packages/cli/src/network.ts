import type { FetchOptions } from '@valetkey/client';

const DEADLINE_MS = 30_000;

/** How every command reaches a site: not longer than half a minute for the head of an answer, and Ctrl-C ends it. */
export function networkOptions(signal: AbortSignal): Required<FetchOptions> {
  return { fetch: fetchWithin(DEADLINE_MS), signal };
}

/** `fetch` that gives up when no answer begins in time; its body may take as long as it likes. */
export function fetchWithin(deadlineMs: number): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const deadline = new AbortController();
    const late = () => deadline.abort(new DOMException('No answer came in time.', 'TimeoutError'));
    const timer = setTimeout(late, deadlineMs);
    const signals = [deadline.signal, ...(init.signal ? [init.signal] : [])];
    try {
      return await fetch(input, { ...init, signal: AbortSignal.any(signals) });
    } finally {
      clearTimeout(timer);
    }
  };
}
