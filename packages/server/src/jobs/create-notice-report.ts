import type { MaybePromise } from '../core/maybe-promise.ts';
import type { Notice } from '../core/notices/notice.ts';

/**
 * Returns a function that calls `onNotice` without awaiting it, and reports its error; null without `onNotice`. It never
 * throws.
 */
export function createNoticeReport(
  onNotice: ((notice: Notice) => MaybePromise<void>) | undefined,
  report: (job: 'notice', error: unknown) => void,
): ((notice: Notice) => void) | null {
  if (!onNotice) return null;
  return (notice) => {
    // Started in a microtask, so that an error that is thrown at once is handled in the same way.
    Promise.resolve(notice)
      .then(onNotice)
      .catch((error: unknown) => report('notice', error));
  };
}
