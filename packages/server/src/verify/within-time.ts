import { ValetkeyError } from '@valetkey/protocol';

/**
 * Returns the result of work of the store that takes at most this long. Later, the work goes on, and its result is ignored.
 *
 * @throws ValetkeyError `store_unavailable` after that time; the errors of the work
 */
export async function withinTime<Result>(maxMs: number, work: Promise<Result>): Promise<Result> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new ValetkeyError('store_unavailable')), maxMs);
  try {
    return await Promise.race([work, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}
