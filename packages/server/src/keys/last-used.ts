import type { KeyTouch } from '../store/store.ts';

/** What a known key carries of its latest use until that is written. */
export interface PendingUse {
  readonly record: { readonly id: number };
  pendingUse: KeyTouch | null;
}

/** Last-used is noted on the key in memory and written in batches: a request never waits for it. */
export interface LastUsed {
  note(key: PendingUse, use: Omit<KeyTouch, 'id'>): void;
  /** Writes what is waiting. What cannot be written now is kept for the next time, unless a newer use comes in. */
  flush(): Promise<void>;
}

export function createLastUsed(write: (touches: readonly KeyTouch[]) => Promise<void>): LastUsed {
  let waiting: PendingUse[] = [];

  return {
    note(key, { usedAt, address, agent }) {
      if (key.pendingUse === null) waiting.push(key);
      key.pendingUse = { id: key.record.id, usedAt, address, agent };
    },
    async flush() {
      if (waiting.length === 0) return;
      const batch = waiting.map((key) => ({ key, use: key.pendingUse }));
      waiting = [];
      for (const { key } of batch) key.pendingUse = null;
      try {
        await write(batch.flatMap(({ use }) => use ?? []));
      } catch (error) {
        for (const { key, use } of batch) {
          if (key.pendingUse !== null) continue;
          key.pendingUse = use;
          waiting.push(key);
        }
        throw error;
      }
    },
  };
}
