import type { Clock } from '../src/index.ts';

/** A clock that stands still until somebody waits and nothing else happens. */
export interface FakeClock extends Clock {
  /** Runs what waits for the clock, which leaps from one end of a wait to the next. */
  run<T>(task: Promise<T>): Promise<T>;
}

/** How often everything else may have its turn before the clock leaps. */
const TURNS = 10;

/** A clock that a test owns. It never goes back. */
export function createFakeClock(): FakeClock {
  let now = 5_000;
  const waits = new Set<{ readonly until: number; readonly end: () => void }>();
  let begun = 0;

  /** The turns are counted from the last wait that began, so that what was set off beside it comes first. */
  async function leap(): Promise<void> {
    let seen = begun;
    for (let turn = 0; turn < TURNS; turn += 1) {
      await new Promise(setImmediate);
      if (begun !== seen) turn = 0;
      seen = begun;
    }
    const [next] = [...waits].sort((a, b) => a.until - b.until);
    if (!next) return;
    now = Math.max(now, next.until);
    next.end();
  }

  return {
    now: () => now,
    wait: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const entry = {
          until: now + milliseconds,
          end: () => {
            waits.delete(entry);
            resolve();
          },
        };
        waits.add(entry);
        begun += 1;
        signal?.addEventListener('abort', () => {
          waits.delete(entry);
          reject(signal.reason);
        });
      }),
    async run(task) {
      let isDone = false;
      const end = (): void => {
        isDone = true;
      };
      task.then(end, end);
      while (!isDone) await leap();
      return task;
    },
  };
}
