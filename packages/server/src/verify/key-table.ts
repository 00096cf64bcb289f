import { DAY_MS } from '../core/limits/sliding-windows.ts';

/** No place: the key is not in the table. */
export const NONE = -1;

// What a place holds, columns of `KeyTable.words`, counted from `wordsAt(place)`; the first four are the key's digest.

/** The moment from which the key has to be looked at again, or 0, and the generation of people in which it was. */
export const READY_UNTIL = 4;
export const READY_IN = 5;
/** The number of its permissions, doubled; odd if it has a list of addresses. */
export const POWERS = 6;
/** The newest use that is still to be written, or 0. */
export const PENDING_USE = 7;
/** How many uses lie here, and how many in `KeyUseLogs`. */
export const USES_HERE = 8;
export const USES_ELSEWHERE = 9;
/** Those that lie here, newest last: a few more than the limit of a minute. */
export const FIRST_USE = 10;
export const INLINE_USES = 22;

// What a place refers to, columns of `KeyTable.refs`, counted from `refsAt(place)`.

export const KNOWN_KEY = 0;
export const PRINCIPAL = 1;
export const USED_IP_ADDRESS = 2;
export const USED_USER_AGENT = 3;

/** How many words a place has. */
export const WORDS_OF_A_PLACE = 32;
const REFS = 4;
const FIRST_CAPACITY = 1024;

/** The last moment that a word can hold: when it comes, after 24 days, the epoch moves. */
const LAST_MOMENT = 2 ** 31 - 1;

/** Where the references of a place begin. */
export const refsAt = (place: number): number => place * REFS;
/** Where the words of a place begin. */
export const wordsAt = (place: number): number => place * WORDS_OF_A_PLACE;

/**
 * The keys in use as whole numbers, 128 bytes for each, side by side: with many keys, what a judgement costs is waiting for
 * memory, and an object that is looked up by a `Map` is five such waits. A key is found by the first 128 bits of its
 * SHA-256, as many as the key itself has. When the table is full, the key that came first makes room.
 *
 * Times stand in the rows as moments: whole milliseconds since the table's epoch, from 1 on, so that 0 can mean none.
 */
export class KeyTable {
  readonly #maxKeys: number;
  #length = 0;
  #next = 0;
  words = new Int32Array(FIRST_CAPACITY * WORDS_OF_A_PLACE);
  readonly refs: unknown[] = [];
  /** When moment 0 was, in milliseconds since 1970; not yet known. */
  #epoch = Number.NaN;
  /**
   * Open addressing, at most half full, so that runs stay short: place + 1 of the key whose digest leads here, or 0. The
   * bits that a place leaves free are the digest's, so that a stranger's row is hardly ever looked at.
   */
  #positions = new Int32Array(FIRST_CAPACITY * 2);
  readonly #placeMask: number;

  constructor(maxKeys: number) {
    this.#maxKeys = maxKeys;
    this.#placeMask = 2 ** (32 - Math.clz32(maxKeys)) - 1;
  }

  /** @param digest 16 characters of two bytes each, as `digestKey` gives them */
  find(digest: string): number {
    return this.#placeIn(this.#positionOf(digest));
  }

  /** Whose place the next key will take: what is kept elsewhere about that one has to go first. `NONE` while there is room. */
  get leavingPlace(): number {
    return this.#length === this.#maxKeys ? this.#next : NONE;
  }

  /** A place for a key that has none; its numbers are all 0, its references null. */
  add(digest: string): number {
    if (this.#length < this.#maxKeys && this.#length * WORDS_OF_A_PLACE === this.words.length) this.#grow();
    const place = this.#next;
    this.#next = (place + 1) % this.#maxKeys;
    if (this.#length === this.#maxKeys) this.#forget(place);
    else this.#length += 1;
    const at = wordsAt(place);
    this.words.fill(0, at, at + WORDS_OF_A_PLACE);
    for (let index = 0; index < REFS; index += 1) this.refs[refsAt(place) + index] = null;
    for (let index = 0; index < 4; index += 1) this.words[at + index] = wordOf(digest, index * 2);
    this.#positions[this.#positionOf(digest)] = this.#entryOf(place);
    return place;
  }

  /** @param time milliseconds since 1970, of now: where it is too far from the epoch, that moves */
  momentOf(time: number): number {
    const moment = Math.floor(time - this.#epoch);
    return moment >= 1 && moment <= LAST_MOMENT ? moment : this.#moveEpoch(Math.floor(time));
  }

  /** @returns milliseconds since 1970 */
  timeOf(moment: number): number {
    return this.#epoch + moment;
  }

  /** The moment of a time to come, or the last one there is. */
  momentAhead(time: number, now: number): number {
    this.momentOf(now);
    return Math.max(Math.min(Math.floor(time - this.#epoch), LAST_MOMENT), 0);
  }

  /**
   * The new epoch is a day before now, the longest window, so that none loses a use; what is older than that is at moment 1.
   * Where the clock was set back, a use that would be to come is of now: it fills its windows no longer than one that is. A key
   * that was over is not ready, and does not become so by any later move.
   */
  #moveEpoch(now: number): number {
    const epoch = now - DAY_MS - 1;
    const shift = epoch - this.#epoch;
    this.#epoch = epoch;
    const words = this.words;
    const move = (at: number, first: number, last: number) => {
      const moment = words[at] as number;
      if (moment !== 0) words[at] = Math.min(Math.max(moment - shift, first), last);
    };
    for (let place = 0; place < this.#length; place += 1) {
      const at = wordsAt(place);
      move(at + READY_UNTIL, 0, LAST_MOMENT);
      move(at + PENDING_USE, 1, now - epoch);
      for (let index = 0; index < INLINE_USES; index += 1) move(at + FIRST_USE + index, 1, now - epoch);
    }
    return now - epoch;
  }

  #placeIn(position: number): number {
    return ((this.#positions[position] as number) & this.#placeMask) - 1;
  }

  /** What stands for this place among the positions. */
  #entryOf(place: number): number {
    return (place + 1) | ((this.words[wordsAt(place) + 1] as number) & ~this.#placeMask);
  }

  /** Where this digest stands, or the free position where it would. */
  #positionOf(digest: string): number {
    const positions = this.#positions;
    const words = this.words;
    const mask = positions.length - 1;
    const tagMask = ~this.#placeMask;
    const first = wordOf(digest, 0);
    const second = wordOf(digest, 2);
    let position = first & mask;
    for (;;) {
      const entry = positions[position] as number;
      if (entry === 0) return position;
      if (((entry ^ second) & tagMask) === 0) {
        const at = wordsAt((entry & ~tagMask) - 1);
        if (
          words[at] === first &&
          words[at + 1] === second &&
          words[at + 2] === wordOf(digest, 4) &&
          words[at + 3] === wordOf(digest, 6)
        ) {
          return position;
        }
      }
      position = (position + 1) & mask;
    }
  }

  /** Takes a key out of the positions, and closes the gap that it leaves in its run. */
  #forget(place: number): void {
    const positions = this.#positions;
    const mask = positions.length - 1;
    let gap = this.#homeOf(place);
    while (this.#placeIn(gap) !== place) gap = (gap + 1) & mask;
    for (let next = (gap + 1) & mask; positions[next] !== 0; next = (next + 1) & mask) {
      const home = this.#homeOf(this.#placeIn(next));
      // It may move back only if that does not put it before its own home.
      if (((next - home) & mask) < ((next - gap) & mask)) continue;
      positions[gap] = positions[next] as number;
      gap = next;
    }
    positions[gap] = 0;
  }

  #homeOf(place: number): number {
    return (this.words[wordsAt(place)] as number) & (this.#positions.length - 1);
  }

  #grow(): void {
    const words = new Int32Array(this.words.length * 2);
    words.set(this.words);
    this.words = words;
    this.#positions = new Int32Array((words.length / WORDS_OF_A_PLACE) * 2);
    const mask = this.#positions.length - 1;
    for (let place = 0; place < this.#length; place += 1) {
      let position = this.#homeOf(place);
      while (this.#positions[position] !== 0) position = (position + 1) & mask;
      this.#positions[position] = this.#entryOf(place);
    }
  }
}

/** Two characters of two bytes each as one signed word: signed ones stay small integers in the engine. */
function wordOf(digest: string, index: number): number {
  return digest.charCodeAt(index) | (digest.charCodeAt(index + 1) << 16);
}
