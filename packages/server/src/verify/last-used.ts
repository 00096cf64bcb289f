import type { KeyKind } from '../core/key/key-record.ts';
import { redactText } from '../core/redact/redact-text.ts';
import type { KeyLastUsed } from '../ports/key-store.ts';
import type { KeyUseCounts } from './key-use-counts.ts';

/**
 * The fields of a cached key for its last use. They are fields and not an object, because with very many keys each
 * object costs time.
 */
export interface UsedKey {
  readonly record: { readonly id: number; readonly kind?: KeyKind };
  usedAt: number;
  usedIpAddress: string;
  usedUserAgent: string | null;
  /** True if these values are not stored yet. */
  isUsePending: boolean;
  /** The number of uses since the last batch. */
  pendingUses: number;
}

/**
 * Keeps the last use of each key in memory and stores it in batches. No request waits for it or fails because of it.
 */
export interface LastUsed {
  /** @param from IP address and user agent of the request */
  note(key: UsedKey, usedAt: number, from: Pick<KeyLastUsed, 'ipAddress' | 'userAgent'>): void;
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

const toLastUsed = ({ record, usedAt, usedIpAddress, usedUserAgent }: UsedKey): KeyLastUsed => ({
  id: record.id,
  usedAt,
  ipAddress: usedIpAddress,
  userAgent: usedUserAgent === null ? null : shortenUserAgent(usedUserAgent),
});

/** Sets the last use of a key and counts it. */
export function updateUse(
  key: UsedKey,
  usedAt: number,
  { ipAddress, userAgent }: Pick<KeyLastUsed, 'ipAddress' | 'userAgent'>,
): void {
  key.usedAt = usedAt;
  key.usedIpAddress = ipAddress;
  key.usedUserAgent = userAgent;
  key.pendingUses += 1;
}

/** @param count gets the number of uses since the last batch; uses around midnight count for the later day */
export function createLastUsed(
  write: (uses: readonly KeyLastUsed[]) => Promise<void>,
  count: KeyUseCounts['countAllowed'] = () => {},
): LastUsed {
  /**
   * The keys by id. A key that was loaded again replaces its earlier object, because its use is later. So does another access
   * token of the same grant.
   */
  const pending = new Map<number, UsedKey>();
  /** Taken for a batch: being stored, or to be retried. */
  const taken = new Map<number, KeyLastUsed>();

  /** Counts the uses of a key, so that its next use is pending again. */
  function release(key: UsedKey): void {
    key.isUsePending = false;
    count(key.record.id, key.usedAt, key.pendingUses);
    key.pendingUses = 0;
    // The key may stay cached for long, so it must not keep these texts.
    key.usedIpAddress = '';
    key.usedUserAgent = null;
  }

  function take(): void {
    for (const [id, key] of pending) {
      taken.set(id, toLastUsed(key));
      release(key);
    }
    pending.clear();
  }

  return {
    note(key, usedAt, from) {
      updateUse(key, usedAt, from);
      if (key.isUsePending) return;
      key.isUsePending = true;
      const earlier = pending.get(key.record.id);
      if (earlier) release(earlier);
      pending.set(key.record.id, key);
    },
    find(id) {
      const key = pending.get(id);
      return key ? toLastUsed(key) : (taken.get(id) ?? null);
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
