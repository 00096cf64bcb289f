import type { PendingLogin } from '../login.ts';

/** A login started in this browser, with everything needed to finish it. */
export interface BrowserLogin extends Omit<PendingLogin, 'url'> {
  /** Normalized by `parseSite`. */
  readonly site: string;
  /** When the login expires, in milliseconds since 1970. */
  readonly pendingUntil: number;
}

/** A pending login with the id assigned by its store. */
export interface StoredBrowserLogin extends BrowserLogin {
  readonly id: number;
}

/**
 * Stores the pending logins of a page. It must be able to store a `CryptoKey`, which cannot be serialized to text.
 */
export interface BrowserLoginStore {
  add(login: BrowserLogin): Promise<void>;
  /** Returns all pending logins, the newest last. */
  list(): Promise<readonly StoredBrowserLogin[]>;
  /**
   * Removes a login atomically. If two tabs hold the same answer, only one of them gets `true`.
   *
   * @returns whether the login existed
   */
  remove(id: number): Promise<boolean>;
}

const LOGINS = 'logins';

/**
 * Creates a store in IndexedDB, which can store non-extractable keys. @param name of the database, one for each app
 * of an origin
 */
export function createLoginDatabase(name = 'valetkey'): BrowserLoginStore {
  const run = async <T>(
    mode: IDBTransactionMode,
    ask: (logins: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    const database = await open(name);
    try {
      const transaction = database.transaction(LOGINS, mode);
      // A successful request is rolled back if the transaction cannot be written, for example on a full disk.
      const committed = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('The login could not be stored.'));
      });
      const [result] = await Promise.all([resultOf(ask(transaction.objectStore(LOGINS))), committed]);
      return result;
    } finally {
      database.close();
    }
  };
  return {
    add: async (login) => void (await run('readwrite', (logins) => logins.add(login))),
    list: () => run('readonly', (logins) => logins.getAll()),
    async remove(id) {
      // One transaction: the caller that counts the login also removes it.
      const found = await run('readwrite', (logins) => {
        const count = logins.count(id);
        logins.delete(id);
        return count;
      });
      return found > 0;
    },
  };
}

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () =>
    void request.result.createObjectStore(LOGINS, { keyPath: 'id', autoIncrement: true });
  return resultOf(request);
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
