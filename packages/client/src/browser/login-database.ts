import type { PendingLogin } from '../login.ts';

/** A login that this browser began, with what is needed to finish it. */
export interface BrowserLogin extends Omit<PendingLogin, 'url'> {
  /** As `parseSite` spells it. */
  readonly site: string;
  /** When its time is over, in milliseconds since 1970. */
  readonly pendingUntil: number;
}

/** A login that waits, under the number that its store gave it. */
export interface StoredBrowserLogin extends BrowserLogin {
  readonly id: number;
}

/** Where a page keeps its logins while the person is away. It must be able to hold a `CryptoKey`, which is no text. */
export interface BrowserLoginStore {
  add(login: BrowserLogin): Promise<void>;
  /** All that wait, the newest last. */
  list(): Promise<readonly StoredBrowserLogin[]>;
  /**
   * Takes one out, in one step. The race: two tabs hold the same answer; one of them gets `true`.
   *
   * @returns whether it was there
   */
  remove(id: number): Promise<boolean>;
}

const LOGINS = 'logins';

/** In IndexedDB, which keeps a key that cannot be exported as such. @param name of the database, one for each app of an origin */
export function createLoginDatabase(name = 'valetkey'): BrowserLoginStore {
  const run = async <T>(
    mode: IDBTransactionMode,
    ask: (logins: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    const database = await open(name);
    try {
      const transaction = database.transaction(LOGINS, mode);
      // A request that succeeded is undone if the transaction cannot be written, such as on a disk that is full.
      const committed = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('The login could not be kept.'));
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
      // In one transaction: whoever counts it is the one that removes it.
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
