/** A value or a promise of it. A value that is in memory is returned without a promise. */
export type MaybePromise<T> = T | Promise<T>;

/** Returns whether this is a promise, of any library. */
export const isPromise = <T>(value: MaybePromise<T>): value is Promise<T> =>
  value instanceof Promise || typeof (value as { then?: unknown } | null)?.then === 'function';

/** Calls `next` with the value: immediately if it is available, else when the promise is fulfilled. */
export function chain<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return isPromise(value) ? value.then(next) : next(value);
}
