/** An entry of a `BoundedMap`, which sets this mark when it is used and clears it when it is examined. */
export interface Evictable {
  wasUsed: boolean;
}

/** The maximum number of entries that one insertion examines, to bound its duration. */
const MAX_REPRIEVES = 8;

/**
 * A map with a maximum size. Evicts entries that were not used recently (CLOCK, an approximation of LRU). Marking an
 * entry is cheaper than moving it to the end at every use.
 */
export class BoundedMap<Value extends Evictable> {
  readonly #capacity: number;
  readonly #values = new Map<string, Value>();
  /**
   * Kept between evictions: a new iterator would skip all gaps of earlier evictions again. An iterator that stands still
   * keeps every earlier table of the map in memory, with deleted entries. So there is none before the first eviction, and each
   * deletion moves it.
   */
  #hand: MapIterator<[string, Value]> | null = null;

  /** @param capacity the maximum number of entries, at least 1 */
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
    if (this.#hand?.next().done) this.#hand = null;
  }

  clear(): void {
    this.#values.clear();
    this.#hand = null;
  }

  /** A live iterator in insertion order. Entries may be deleted during the iteration. */
  entries(): MapIterator<[string, Value]> {
    return this.#values.entries();
  }

  #evict(): void {
    for (let reprieves = 0; ; reprieves += 1) {
      this.#hand ??= this.#values.entries();
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
