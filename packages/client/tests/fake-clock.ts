import type { Clock } from '../src/index.ts';

/** A clock that advances only when a task waits and nothing else runs. */
export interface FakeClock extends Clock {
  /** Runs a task. The clock jumps from the end of one wait to the next. */
  run<T>(task: Promise<T>): Promise<T>;
}

/** How many turns of the event loop pass before the clock jumps. */
const TURNS = 10;

/** Creates a monotonic clock for a test. */
export function createFakeClock(): FakeClock {
  let now = 5_000;
  const waits = new Set<{ readonly until: number; readonly end: () => void }>();
  let begun = 0;

  /** Turns are counted from the start of the last wait, so that parallel work finishes first. */
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
