/** A power of two: positions wrap by masking. */
const FIRST_CAPACITY = 32;

/** Moments in order of time, in a ring that grows as it is needed, and shrinks again. */
export class UseRing {
  // A plain array of doubles: a typed one of more than eight would be allocated outside the heap, which takes longer than the rest.
  #times = createTimes(FIRST_CAPACITY);
  #start = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** @param index 0 is the oldest */
  at(index: number): number {
    return this.#times[(this.#start + index) & (this.#times.length - 1)] as number;
  }

  push(time: number): void {
    if (this.#length === this.#times.length) this.#resize(this.#times.length * 2);
    this.#times[(this.#start + this.#length) & (this.#times.length - 1)] = time;
    this.#length += 1;
  }

  /** Forgets this moment and all before it. */
  forgetUntil(time: number): void {
    while (this.#length > 0 && this.at(0) <= time) {
      this.#start = (this.#start + 1) & (this.#times.length - 1);
      this.#length -= 1;
    }
    if (this.#times.length > FIRST_CAPACITY && this.#length < this.#times.length / 4) {
      this.#resize(this.#times.length / 2);
    }
  }

  #resize(capacity: number): void {
    const times = createTimes(capacity);
    for (let index = 0; index < this.#length; index += 1) times[index] = this.at(index);
    this.#times = times;
    this.#start = 0;
  }
}

/** Filled with a fraction, so that the engine keeps unboxed doubles from the start. */
const createTimes = (capacity: number): number[] => new Array<number>(capacity).fill(0.5);
