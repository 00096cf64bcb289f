import type { Refusal } from '../core/refusal.ts';
import type { KeyUseCount } from '../ports/key-use-store.ts';

const DAY_MS = 86_400_000;

/** Above this number of different counts, further ones are dropped until the next flush. */
const MAX_PENDING = 20_000;

/** Returns the day of a time, in days since 1970 in UTC. */
export const dayOf = (time: number): number => Math.floor(time / DAY_MS);

/**
 * Counts the requests of keys per day in memory, and stores the counts in batches. No request waits for it or fails
 * because of it.
 */
export interface KeyUseCounts {
  /** @param at milliseconds since 1970 */
  countAllowed(keyId: number, at: number, count: number): void;
  countRefused(keyId: number, at: number, refusal: Refusal): void;
  /** Stores pending counts. If that fails, they are kept for the next flush. */
  flush(): Promise<void>;
}

export function createKeyUseCounts(write: (counts: readonly KeyUseCount[]) => Promise<void>): KeyUseCounts {
  let pending = new Map<string, KeyUseCount>();

  function add(use: KeyUseCount): void {
    const slot = `${use.keyId} ${use.day} ${use.outcome}`;
    const known = pending.get(slot);
    if (known === undefined && pending.size >= MAX_PENDING) return;
    pending.set(slot, known ? { ...known, count: known.count + use.count } : use);
  }

  return {
    countAllowed: (keyId, at, count) => add({ keyId, day: dayOf(at), outcome: 'allowed', count }),
    countRefused: (keyId, at, refusal) =>
      add({ keyId, day: dayOf(at), outcome: describeOutcome(refusal), count: 1 }),
    async flush() {
      if (pending.size === 0) return;
      const taken = [...pending.values()];
      pending = new Map();
      try {
        await write(taken);
      } catch (error) {
        for (const use of taken) add(use);
        throw error;
      }
    },
  };
}

/** The required scopes come from the site's definitions, never from the request. */
function describeOutcome({ code, details }: Refusal): string {
  const { required_scopes: scopes } = details;
  return code === 'scope_insufficient' && Array.isArray(scopes) ? `${code}:${scopes.join(',')}` : code;
}
