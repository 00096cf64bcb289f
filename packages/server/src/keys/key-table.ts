/** No place: the key is not in the table. */
export const NONE = -1;

/** What a place holds as numbers; each is a column of `KeyTable.numbers`, counted from `numbersAt(place)`. */
export const LIVE_UNTIL = 2;
export const USERS_REVISION = 3;
export const USED_AT = 4;
/** The uses of a key that lie here, newest last; see `KeyUseLogs`. */
export const FIRST_USE = 8;
export const INLINE_USES = 8;

/** The same as whole numbers, columns of `KeyTable.words`, counted from `wordsAt(place)`. */
export const USES_HERE = 10;
export const USES_ELSEWHERE = 11;
export const HAS_PENDING_USE = 12;
export const PERMISSION_SET = 13;
export const HAS_ADDRESS_LIST = 14;

/** What a place refers to, columns of `KeyTable.refs`, counted from `refsAt(place)`. */
export const KNOWN_KEY = 0;
export const PRINCIPAL = 1;
export const USED_ADDRESS = 2;
export const USED_AGENT = 3;

const REFS = 4;

const NUMBERS = 16;
/** How many words a place has; the first four are its digest. */
export const WORDS_OF_A_PLACE = 32;
const FIRST_CAPACITY = 1024;

/** Where the numbers of a place begin. */
export const numbersAt = (place: number): number => place * NUMBERS;
/** Where the references of a place begin. */
export const refsAt = (place: number): number => place * REFS;
/** Where the words of a place begin. */
export const wordsAt = (place: number): number => place * WORDS_OF_A_PLACE;

/**
 * The keys in use as numbers, 128 bytes for each, side by side: with many keys, what a judgement costs is waiting for
 * memory, and an object that is looked up by a `Map` is five such waits. A key is found by the first 128 bits of its
 * SHA-256, as many as the key itself has. When the table is full, the key that came first makes room.
 */
export class KeyTable {
  readonly #maxKeys: number;
  #length = 0;
  #next = 0;
  words = new Int32Array(FIRST_CAPACITY * WORDS_OF_A_PLACE);
  numbers = new Float64Array(this.words.buffer);
  readonly refs: unknown[] = [];
  /** Open addressing: place + 1 of the key whose digest leads here, or 0. At most half full, so that runs stay short. */
  #positions = new Int32Array(FIRST_CAPACITY * 2);

  constructor(maxKeys: number) {
    this.#maxKeys = maxKeys;
  }

  /** @param digest 32 characters of one byte each, as `digestKey` gives them */
  find(digest: string): number {
    return (this.#positions[this.#positionOf(digest)] as number) - 1;
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
    for (let index = 0; index < 4; index += 1) this.words[at + index] = wordOf(digest, index * 4);
    this.#positions[this.#positionOf(digest)] = place + 1;
    return place;
  }

  /** Where this digest stands, or the free position where it would. */
  #positionOf(digest: string): number {
    const positions = this.#positions;
    const words = this.words;
    const mask = positions.length - 1;
    const first = wordOf(digest, 0);
    let position = first & mask;
    for (;;) {
      const place = (positions[position] as number) - 1;
      if (place < 0) return position;
      const at = place * WORDS_OF_A_PLACE;
      if (
        words[at] === first &&
        words[at + 1] === wordOf(digest, 4) &&
        words[at + 2] === wordOf(digest, 8) &&
        words[at + 3] === wordOf(digest, 12)
      ) {
        return position;
      }
      position = (position + 1) & mask;
    }
  }

  /** Takes a key out of the positions, and closes the gap that it leaves in its run. */
  #forget(place: number): void {
    const positions = this.#positions;
    const mask = positions.length - 1;
    let gap = this.#homeOf(place);
    while (positions[gap] !== place + 1) gap = (gap + 1) & mask;
    for (let next = (gap + 1) & mask; positions[next] !== 0; next = (next + 1) & mask) {
      const home = this.#homeOf((positions[next] as number) - 1);
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
    this.numbers = new Float64Array(words.buffer);
    this.#positions = new Int32Array((words.length / WORDS_OF_A_PLACE) * 2);
    const mask = this.#positions.length - 1;
    for (let place = 0; place < this.#length; place += 1) {
      let position = this.#homeOf(place);
      while (this.#positions[position] !== 0) position = (position + 1) & mask;
      this.#positions[position] = place + 1;
    }
  }
}

/** Four characters of one byte each as one signed word: signed ones stay small integers in the engine. */
function wordOf(digest: string, index: number): number {
  return (
    digest.charCodeAt(index) |
    (digest.charCodeAt(index + 1) << 8) |
    (digest.charCodeAt(index + 2) << 16) |
    (digest.charCodeAt(index + 3) << 24)
  );
}
