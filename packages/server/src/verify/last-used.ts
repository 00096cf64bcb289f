import { redactText } from '../core/redact/redact-text.ts';
import type { KeyLastUsed } from '../ports/key-store.ts';

/** The last use of a key that is not stored yet. */
export interface PendingUse {
  readonly id: number;
  usedAt: number;
  ipAddress: string;
  userAgent: string | null;
  isTaken: boolean;
}

interface Used {
  readonly record: { readonly id: number };
  pendingUse: PendingUse | null;
}

/**
 * Keeps the last use of each key in memory and stores it in batches. No request waits for it or fails because of it.
 */
export interface LastUsed {
  /** @param from IP address and user agent of the request */
  note(key: Used, usedAt: number, from: Pick<KeyLastUsed, 'ipAddress' | 'userAgent'>): void;
  /** Returns the last use of this key if it is not stored yet. */
  find(id: number): KeyLastUsed | null;
  /** Stores pending uses. If that fails, they are kept for the next flush. */
  flush(): Promise<void>;
}

/** User agents are truncated to this length. */
const MAX_AGENT_CHARACTERS = 255;

/**
 * Removes a key that the user agent contains. Redacted before truncating, because half a key is harder to detect.
 * Copied, because a slice keeps the complete text in memory.
 */
function shortenUserAgent(userAgent: string): string {
  const redacted = redactText(userAgent);
  if (redacted.length <= MAX_AGENT_CHARACTERS) return redacted;
  return Buffer.from(redacted.slice(0, MAX_AGENT_CHARACTERS).toWellFormed(), 'utf8').toString('utf8');
}

const toLastUsed = ({ id, usedAt, ipAddress, userAgent }: PendingUse): KeyLastUsed => ({
  id,
  usedAt,
  ipAddress,
  userAgent: userAgent === null ? null : shortenUserAgent(userAgent),
});

export function createLastUsed(write: (uses: readonly KeyLastUsed[]) => Promise<void>): LastUsed {
  const pending = new Map<number, PendingUse>();
  /** Taken for a batch: being stored, or to be retried. */
  const taken = new Map<number, KeyLastUsed>();

  function take(): void {
    for (const [id, use] of pending) {
      taken.set(id, toLastUsed(use));
      use.isTaken = true;
      // The cached key keeps this object, so it must not keep these texts.
      use.ipAddress = '';
      use.userAgent = null;
    }
    pending.clear();
  }

  return {
    note(key, usedAt, { ipAddress, userAgent }) {
      const use = key.pendingUse;
      if (use !== null && !use.isTaken) {
        use.usedAt = usedAt;
        use.ipAddress = ipAddress;
        use.userAgent = userAgent;
        return;
      }
      const { id } = key.record;
      const first: PendingUse = { id, usedAt, ipAddress, userAgent, isTaken: false };
      key.pendingUse = first;
      pending.set(id, first);
    },
    find(id) {
      const use = pending.get(id);
      return use ? toLastUsed(use) : (taken.get(id) ?? null);
    },
    async flush() {
      take();
      if (taken.size === 0) return;
      const batch = [...taken.values()];
      await write(batch);
      for (const use of batch) if (taken.get(use.id) === use) taken.delete(use.id);
    },
  };
}
