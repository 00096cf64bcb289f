import { joinSignals } from './join-signals.ts';

/** Time, as waiting needs it. */
export interface Clock {
  /** Milliseconds that only ever grow, whatever is done to the time of day; what they count from does not matter. */
  now(): number;
  /** Resolves after so many milliseconds; rejects with the signal's reason if that comes first. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The runtime's own clock. */
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
 * Runs a task that is told to stop when its time is over.
 *
 * @param task gets the signal that ends it, with a `TimeoutError`, or as the outer signal says
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
    end.abort(Object.assign(new Error('No answer came in time.'), { name: 'TimeoutError' }));
  clock.wait(milliseconds, signal).then(late, () => {});
  try {
    return await task(signal);
  } finally {
    end.abort();
  }
}
