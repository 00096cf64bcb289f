import { redactText } from '../redact/redact-text.ts';
import type { KeyTouch } from '../store/store.ts';

/** Where a known key carries its latest use until that is written: its own fields, so that noting makes no garbage. */
export interface PendingUse {
  readonly record: { readonly id: number };
  hasPendingUse: boolean;
  usedAt: number;
  usedAddress: string;
  usedAgent: string | null;
}

/** Last-used is noted on the key in memory and written in batches: a request never waits for it. */
export interface LastUsed {
  note(key: PendingUse, usedAt: number, address: string, agent: string | null): void;
  /** Writes what is waiting. What cannot be written now waits for the next time. */
  flush(): Promise<void>;
}

export function createLastUsed(write: (touches: readonly KeyTouch[]) => Promise<void>): LastUsed {
  let waiting: PendingUse[] = [];

  function wait(key: PendingUse): void {
    key.hasPendingUse = true;
    waiting.push(key);
  }

  return {
    note(key, usedAt, address, agent) {
      key.usedAt = usedAt;
      key.usedAddress = address;
      key.usedAgent = agent;
      if (!key.hasPendingUse) wait(key);
    },
    async flush() {
      if (waiting.length === 0) return;
      const batch = waiting;
      waiting = [];
      for (const key of batch) key.hasPendingUse = false;
      try {
        await write(
          batch.map((key) => ({
            id: key.record.id,
            usedAt: key.usedAt,
            address: key.usedAddress,
            // Somebody may have put a key there; here and not while judging, which must not wait.
            agent: key.usedAgent === null ? null : redactText(key.usedAgent),
          })),
        );
      } catch (error) {
        for (const key of batch) if (!key.hasPendingUse) wait(key);
        throw error;
      }
    },
  };
}
