import type { KeyTouch, Store } from '../store/store.ts';

/** Last-used is noted in memory and written in batches: a request never waits for it. */
export interface LastUsed {
  note(touch: KeyTouch): void;
  /** The note that is not written yet, if any: pages and answers show it before the store knows. */
  pending(keyId: number): KeyTouch | null;
  /** Writes what is waiting. A batch that fails is kept for the next time, unless a newer use came in. */
  flush(): Promise<void>;
}

export function createLastUsed(store: Store): LastUsed {
  let waiting = new Map<number, KeyTouch>();

  return {
    note: (touch) => void waiting.set(touch.id, touch),
    pending: (keyId) => waiting.get(keyId) ?? null,
    async flush() {
      if (waiting.size === 0) return;
      const batch = waiting;
      waiting = new Map();
      try {
        await store.touchKeys([...batch.values()]);
      } catch (error) {
        waiting = new Map([...batch, ...waiting]);
        throw error;
      }
    },
  };
}
