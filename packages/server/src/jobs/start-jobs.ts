import { redactText } from '../core/redact/redact-text.ts';
import type { Provider } from '../issue/provider.ts';
import { runDailyJobs } from './run-daily-jobs.ts';

/** A job that could not do its work, for whoever runs the site; it is tried again. Holds no secret. */
export interface JobFailure {
  /**
   * `last_used`: the last uses of keys wait to be stored, in memory. `device_grants`: what devices asked for is kept beyond its
   * ten minutes, though nobody can use it. `daily`: stale keys live on, what is old is not forgotten; tried again in a day.
   */
  readonly job: 'last_used' | 'device_grants' | 'daily';
  /** What the store said, without words that look like a secret. */
  readonly reason: string;
}

const DAY_MS = 86_400_000;

/** Last-used may be behind by this much after a crash; nothing else may. */
const FLUSH_EVERY_MS = 5_000;

/** Starts what is done again and again. @returns what ends it */
export function startJobs(provider: Provider, onFailure: (failure: JobFailure) => void): () => void {
  const { keys, adminKeys, store, now } = provider;

  function run(job: JobFailure['job'], work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      try {
        onFailure({ job, reason: redactText(error instanceof Error ? error.message : String(error)) });
      } catch {
        // Whoever listens must not stop the site.
      }
    });
  }

  // A flush that fails keeps its batch for the next one, and a sweep leaves what it could not remove.
  const often = setInterval(() => {
    for (const { lastUsed } of [keys, adminKeys]) run('last_used', lastUsed.flush());
    run('device_grants', store.deleteExpiredGrants(now()));
  }, FLUSH_EVERY_MS);
  const daily = setInterval(() => run('daily', runDailyJobs(provider)), DAY_MS);
  for (const timer of [often, daily]) timer.unref();
  return () => {
    clearInterval(often);
    clearInterval(daily);
  };
}
