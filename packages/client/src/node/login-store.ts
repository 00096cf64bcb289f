import { ValetkeyError } from '@valetkey/protocol';
import { type Clock, systemClock } from '../clock.ts';

/** Stores the pending logins of a server. Records contain private keys: protect them like sessions. */
export interface LoginStore {
  /**
   * Stores a record under a new id; it expires after `ttlSeconds`. A store with a limit rejects new records, because
   * requests without a session start logins: removing older ones would let a flood end the logins of other users.
   *
   * @throws {ValetkeyError} `too_many_pending_logins`
   */
  put(id: string, record: string, ttlSeconds: number): Promise<void>;
  /** Returns a record without removing it; null if there is none or it has expired. */
  find(id: string): Promise<string | null>;
  /**
   * Removes and returns a record atomically. If the same answer arrives twice at the same time, one caller gets the
   * record and the other gets null. (Redis: `GETDEL`; SQL: `DELETE … RETURNING`.)
   */
  consume(id: string): Promise<string | null>;
}

/**
 * Creates a store in the memory of this process, for one server that may lose pending logins on restart. When it is
 * full, it rejects new logins until earlier ones are finished or expire. Limit how often one IP address starts a login.
 *
 * @param options.maxLogins maximum of pending logins, about 4 kB each. @default 10000
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
      if (logins.size >= maxLogins) throw new ValetkeyError('too_many_pending_logins');
      logins.set(id, { record, until: now + ttlSeconds * 1000 });
    },
    consume(id) {
      const found = find(id);
      logins.delete(id);
      return found;
    },
  };
}
