import { ValetkeyError } from '@valetkey/protocol';

/** Another connection has locked the file (https://sqlite.org/rescode.html). */
export const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;

/** Whether an error of `node:sqlite` has this primary result code. */
export function hasResultCode(error: unknown, code: number): boolean {
  // The low byte of an extended code is the primary one.
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === code;
}

const isLocked = (error: unknown): boolean =>
  hasResultCode(error, SQLITE_BUSY) || hasResultCode(error, SQLITE_LOCKED);

type Methods = Readonly<Record<string, (...parameters: never[]) => Promise<unknown>>>;

/** Makes every method throw `store_unavailable` if another program has locked the database for longer than the busy timeout. */
export function withStoreErrors<Store extends { readonly [Name in keyof Store]: Methods[string] }>(
  store: Store,
): Store {
  const methods = Object.entries<Methods[string]>(store).map(([name, method]) => {
    const call = async (...parameters: never[]) => {
      try {
        return await method(...parameters);
      } catch (error) {
        throw isLocked(error) ? new ValetkeyError('store_unavailable', {}, { cause: error }) : error;
      }
    };
    return [name, call] as const;
  });
  return Object.fromEntries(methods) as Methods as Store;
}
