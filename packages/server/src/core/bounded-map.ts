/** What a `BoundedMap` holds: it marks here what was used since it last looked. */
export interface Evictable {
  wasUsed: boolean;
}

/** An insertion never looks at more entries than this, so that it never takes long. */
const MAX_REPRIEVES = 8;

/**
 * A map with a maximum size that evicts entries not used recently (CLOCK, an approximation of LRU): unlike moving an entry to the
 * end on every hit, marking it costs next to nothing.
 */
export class BoundedMap<Value extends Evictable> {
  readonly #capacity: number;
  readonly #values = new Map<string, Value>();
  /** Kept between evictions: an iterator that starts anew walks over all the gaps that earlier evictions left. */
  #hand = this.#values.entries();

  /** @param capacity the most entries, at least 1 */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) value.wasUsed = true;
    return value;
  }

  set(key: string, value: Value): void {
    if (this.#values.size >= this.#capacity && !this.#values.has(key)) this.#evict();
    this.#values.set(key, value);
  }

  delete(key: string): void {
    this.#values.delete(key);
  }

  clear(): void {
    this.#values.clear();
  }

  /** Live, in order of insertion. Entries may be deleted while it runs. */
  entries(): MapIterator<[string, Value]> {
    return this.#values.entries();
  }

  #evict(): void {
    for (let reprieves = 0; ; reprieves += 1) {
      let next = this.#hand.next();
      if (next.done) {
        this.#hand = this.#values.entries();
        next = this.#hand.next();
      }
      if (next.done) return;
      const [key, value] = next.value;
      this.#values.delete(key);
      if (!value.wasUsed || reprieves === MAX_REPRIEVES) return;
      value.wasUsed = false;
      this.#values.set(key, value);
    }
  }
}
