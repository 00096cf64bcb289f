import {
  DAY_MS,
  decideUse,
  type LimitDecision,
  MINUTE_MS,
  type RemainingUses,
  remainingUses,
  type UseLimits,
  type UseTimes,
} from '../core/limits/sliding-windows.ts';
import {
  FIRST_USE,
  INLINE_USES,
  type KeyTable,
  NONE,
  USES_ELSEWHERE,
  USES_HERE,
  wordsAt,
} from './key-table.ts';
import { UseRing } from './use-ring.ts';

/** How many uses move from the table to the ring at once. */
const SPILLED = INLINE_USES / 2;
const ALLOWED: LimitDecision = { allowed: true };
const NO_USES: UseTimes = { length: 0, at: () => 0 };

/**
 * When each key of the table was used in the last 24 hours: exact sliding logs, so that in no 60 seconds and no 24 hours
 * more than the limit goes through. It decides and counts in one turn, so of any number of parallel requests exactly the
 * limit passes. The newest uses lie in the key's own row, the older ones in a ring that only one
 * request in eleven has to touch.
 */
export class KeyUseLogs {
  readonly #table: KeyTable;
  readonly #rememberedMs: number;
  readonly #older: (UseRing | undefined)[] = [];

  /** @param rememberedMs how long a use is kept: a minute will do where there is no limit for the day */
  constructor(table: KeyTable, rememberedMs = DAY_MS) {
    this.#table = table;
    this.#rememberedMs = rememberedMs;
  }

  /** Forgets the uses of the key at this place that the table does not hold: another one moves in. */
  clear(place: number): void {
    this.#older[place] = undefined;
  }

  /** Counts this use if both windows have room. A refused one is not counted. */
  use(place: number, now: number, limits: UseLimits): LimitDecision {
    const moment = this.#table.momentOf(now);
    const { words } = this.#table;
    const at = wordsAt(place);
    const first = at + FIRST_USE;
    let here = words[at + USES_HERE] as number;
    const all = here + (words[at + USES_ELSEWHERE] as number);
    // No window is full with fewer uses than its limit in all the log; nor the minute, if of the last ones that would fill it,
    // the oldest that lies here is over.
    const isMinuteOpen =
      all < limits.perMinute ||
      (words[first + Math.max(here - limits.perMinute, 0)] as number) <= moment - MINUTE_MS;
    if (!isMinuteOpen || all >= limits.perDay) {
      const decision = decideUse(this.#timesAt(place), now, limits);
      if (!decision.allowed) return decision;
    }
    if (here === INLINE_USES) here = this.#spill(place, now);
    words[first + here] = moment;
    words[at + USES_HERE] = here + 1;
    return ALLOWED;
  }

  /** @param place `NONE` for a key that is in the table no more, and so has not been used for long */
  remaining(place: number, now: number, limits: UseLimits): RemainingUses {
    return remainingUses(place === NONE ? NO_USES : this.#timesAt(place), now, limits);
  }

  #timesAt(place: number): UseTimes {
    const table = this.#table;
    const { words } = table;
    const elsewhere = words[wordsAt(place) + USES_ELSEWHERE] as number;
    const first = wordsAt(place) + FIRST_USE;
    const older = this.#older[place];
    return {
      length: elsewhere + (words[wordsAt(place) + USES_HERE] as number),
      at: (index) =>
        index < elsewhere
          ? (older?.at(index) ?? 0)
          : table.timeOf(words[first + index - elsewhere] as number),
    };
  }

  /** Moves the older half of what lies in the table to the ring, forgetting there what no window can reach. */
  #spill(place: number, now: number): number {
    const table = this.#table;
    const { words } = table;
    const first = wordsAt(place) + FIRST_USE;
    let ring = this.#older[place];
    if (ring === undefined) {
      ring = new UseRing();
      this.#older[place] = ring;
    }
    for (let index = first; index < first + SPILLED; index += 1) {
      ring.push(table.timeOf(words[index] as number));
      words[index] = words[index + SPILLED] as number;
    }
    ring.forgetUntil(now - this.#rememberedMs);
    words[wordsAt(place) + USES_ELSEWHERE] = ring.length;
    return INLINE_USES - SPILLED;
  }
}
