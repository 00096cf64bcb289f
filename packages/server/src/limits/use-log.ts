import {
  DAY_MS,
  decideUse,
  type LimitDecision,
  type RemainingUses,
  remainingUses,
  type UseLimits,
} from './sliding-windows.ts';
import { UseRing } from './use-ring.ts';

/**
 * When one thing was used in the last 24 hours: an exact sliding log, so that in no 60 seconds and no 24 hours more
 * than the limit goes through. It decides and counts in one turn, so of any number of parallel requests exactly the
 * limit passes. For the limits of keys, see `KeyUseLogs`.
 */
export class UseLog {
  readonly #rememberedMs: number;
  readonly #ring = new UseRing();

  /** @param rememberedMs how long a use is kept: a minute will do where there is no limit for the day */
  constructor(rememberedMs = DAY_MS) {
    this.#rememberedMs = rememberedMs;
  }

  /** Counts this use if both windows have room. A refused one is not counted. */
  use(now: number, limits: UseLimits): LimitDecision {
    this.#ring.forgetUntil(now - this.#rememberedMs);
    const decision = decideUse(this.#ring, now, limits);
    if (decision.allowed) this.#ring.push(now);
    return decision;
  }

  remaining(now: number, limits: UseLimits): RemainingUses {
    return remainingUses(this.#ring, now, limits);
  }
}
