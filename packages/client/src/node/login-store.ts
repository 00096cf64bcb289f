import { type Clock, systemClock } from '../clock.ts';

/** Where a server keeps logins that wait for their answer. A record holds a private key: keep it as you keep sessions. */
export interface LoginStore {
  /** Keeps a record under a new id, for so many seconds at the most. */
  put(id: string, record: string, ttlSeconds: number): Promise<void>;
  /** Looks at a record, and leaves it; null if there is none, or its time is over. */
  find(id: string): Promise<string | null>;
  /**
   * Takes a record out, in one step. The race: an address with an answer is loaded twice at the same instant; one of the two
   * gets the record, the other null. (Redis: `GETDEL`; SQL: `DELETE … RETURNING`.)
   */
  consume(id: string): Promise<string | null>;
}

/**
 * In the memory of this process: enough for one server that may forget logins when it restarts. When it is full, the
 * oldest makes room.
 */
export function createMemoryLoginStore(
  options: { readonly maxLogins?: number; readonly clock?: Pick<Clock, 'now'> } = {},
): LoginStore {
  const { maxLogins = 10_000, clock = systemClock } = options;
  const logins = new Map<string, { readonly record: string; readonly until: number }>();
  const find = async (id: string): Promise<string | null> => {
    const login = logins.get(id);
    return login && login.until > clock.now() ? login.record : null;
  };
  return {
    find,
    async put(id, record, ttlSeconds) {
      const now = clock.now();
      for (const [oldId, { until }] of logins) if (until <= now) logins.delete(oldId);
      for (const oldest of logins.keys()) {
        if (logins.size < maxLogins) break;
        logins.delete(oldest);
      }
      logins.set(id, { record, until: now + ttlSeconds * 1000 });
    },
    consume(id) {
      const found = find(id);
      logins.delete(id);
      return found;
    },
  };
}
