import { redactText } from '../core/redact/redact-text.ts';
import type { Provider } from '../issue/provider.ts';
import { runDailyJobs } from './run-daily-jobs.ts';

/** A failure of a job or a callback, for the operator of the site. Recurring jobs run again. Contains no secret. */
export interface JobFailure {
  /**
   * `change_feed`: other nodes were not notified of a change; their caches are outdated for `maxAgeMs`. `settings`: settings that
   * another node changed cannot be read; the earlier ones apply. `last_used`: the latest uses of keys are in memory only. `device_grants`: expired device requests and OAuth codes are still stored, though
   * they are rejected. `daily`: stale keys are still active and old records still stored; the next attempt is in a day.
   * `notice`: `onNotice` threw, and the notice is lost.
   */
  readonly job: 'change_feed' | 'settings' | 'last_used' | 'device_grants' | 'daily' | 'notice';
  /** The message of the error, without words that look like a secret. */
  readonly reason: string;
}

const DAY_MS = 86_400_000;

/** After a crash, last-used may be late by this much. Everything else is durable at once. */
const FLUSH_EVERY_MS = 5_000;

/** Returns a function that reports an error to `onFailure`, without secrets. It never throws. */
export function createFailureReport(
  onFailure: (failure: JobFailure) => void = () => {},
): (job: JobFailure['job'], error: unknown) => void {
  return (job, error) => {
    try {
      onFailure({ job, reason: redactText(error instanceof Error ? error.message : String(error)) });
    } catch {
      // An error of the callback must not stop the site.
    }
  };
}

/** For this long, a second use of an authorization code is recognized. */
const CODES_KEPT_MS = 10 * 60_000;

/** Deletes expired device grants and OAuth codes. */
async function deleteExpired({ store, now }: Pick<Provider, 'store' | 'now'>): Promise<void> {
  await store.deleteExpiredGrants(now());
  await store.deleteExpiredCodes(now() - CODES_KEPT_MS);
}

/** Millions of stale keys need minutes. The site serves meanwhile: without a restart, they would be active until the next day. */
const START_WAIT_MS = 5_000;

/**
 * Runs all jobs, then starts the recurring ones. Resolves to a function that stops them, after `START_WAIT_MS` even if the
 * daily jobs still run.
 *
 * @throws the error of a job that fails until then; later errors are reported
 */
export async function startJobs(
  provider: Provider,
  report: (job: JobFailure['job'], error: unknown) => void,
): Promise<() => void> {
  const { keys, adminKeys } = provider;
  let isStopped = false;

  /** A job that still runs when the site stops fails because the store is closed, and runs again at the next start. */
  function run(job: JobFailure['job'], work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!isStopped) report(job, error);
    });
  }

  await deleteExpired(provider);
  const first = runDailyJobs(provider);
  const waited = Promise.withResolvers<void>();
  const timer = setTimeout(waited.resolve, START_WAIT_MS);
  await Promise.race([first, waited.promise]).finally(() => clearTimeout(timer));
  run('daily', first);

  // Both can fail without loss: the next run writes the same uses and deletes the same grants.
  const often = setInterval(() => {
    for (const { lastUsed } of [keys, adminKeys]) run('last_used', lastUsed.flush());
    run('device_grants', deleteExpired(provider));
  }, FLUSH_EVERY_MS);
  const daily = setInterval(() => run('daily', runDailyJobs(provider)), DAY_MS);
  for (const timer of [often, daily]) timer.unref();
  return () => {
    isStopped = true;
    clearInterval(often);
    clearInterval(daily);
  };
}
