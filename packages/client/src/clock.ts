import { joinSignals } from './join-signals.ts';

/** A clock and timers. */
export interface Clock {
  /** Monotonic time in milliseconds, independent of changes to the system time. The origin is arbitrary. */
  now(): number;
  /** Resolves after this time; rejects with the signal's reason if the signal aborts first. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of the runtime. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wait: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, milliseconds);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

/**
 * Runs a task with a deadline.
 *
 * @param task receives a signal that aborts with a `TimeoutError` at the deadline, or when `outer` aborts
 */
export async function runWithin<T>(
  clock: Clock,
  milliseconds: number,
  outer: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const signal = joinSignals(outer, end.signal) ?? end.signal;
  const late = (): void =>
    end.abort(Object.assign(new Error('The request timed out.'), { name: 'TimeoutError' }));
  clock.wait(milliseconds, signal).then(late, () => {});
  try {
    return await task(signal);
  } finally {
    end.abort();
  }
}
