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

/** Notes in memory when keys were last used, and writes it in batches: no request waits for it, and none fails with it. */
export interface LastUsed {
  /** @param from where the request came from */
  note(key: Used, usedAt: number, from: Pick<KeyLastUsed, 'ipAddress' | 'userAgent'>): void;
  /** The last use of this key if it is not stored yet. */
  find(id: number): KeyLastUsed | null;
  /** Writes what is pending. What cannot be written is kept for the next time. */
  flush(): Promise<void>;
}

/** User agents are truncated to this length. */
const MAX_AGENT_CHARACTERS = 255;

/**
 * A user agent without a key that somebody put into it, looked for before it is cut, because half a key no longer looks like one.
 * Copied, because a slice keeps the whole text in memory.
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
  /** Taken for a batch: under way, or to be tried again. */
  const taken = new Map<number, KeyLastUsed>();

  function take(): void {
    for (const [id, use] of pending) {
      taken.set(id, toLastUsed(use));
      use.isTaken = true;
      // The key may keep this object for long.
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
