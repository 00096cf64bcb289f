/** A value, or a promise of it: code that has the value in memory need not make its caller await. */
export type MaybePromise<T> = T | Promise<T>;

/** Whether this is a promise of any library. */
export const isPromise = <T>(value: MaybePromise<T>): value is Promise<T> =>
  typeof (value as { then?: unknown } | null)?.then === 'function';

/** Calls `next` with the value: at once if it is there, else when the promise is fulfilled. */
export function chain<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return isPromise(value) ? value.then(next) : next(value);
}
