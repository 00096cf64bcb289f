import type { JobFailure } from '../jobs/start-jobs.ts';
import type { PushOptions } from '../push/create-push.ts';
import type { PushFailure } from '../push/push-worker.ts';
import type { Metrics } from './metrics.ts';

interface FailureOptions {
  readonly metrics?: Metrics | undefined;
  readonly onJobFailure?: ((failure: JobFailure) => void) | undefined;
  readonly push?: PushOptions | undefined;
}

/** Returns the callbacks of a site for failures, which are counted first. */
export function observeFailures({ metrics, onJobFailure, push }: FailureOptions): {
  onJobFailure: (failure: JobFailure) => void;
  onPushFailure: (failure: PushFailure) => void;
} {
  return {
    onJobFailure(failure) {
      if (metrics) metrics.counter('valetkey_job_failures_total', { name: failure.job }).value += 1;
      onJobFailure?.(failure);
    },
    onPushFailure(failure) {
      const labels = { problem: failure.problem, retried: String(failure.willRetry) };
      if (metrics) metrics.counter('valetkey_push_failures_total', labels).value += 1;
      push?.onFailure?.(failure);
    },
  };
}
