/** The number of days that the pages show. */
export const SHOWN_DAYS = 30;

/** Refusals before that are not worth a warning. */
const WARNED_DAYS = 7;

/** The requests of one day. */
export interface DayOfUse {
  /** Days since 1970, in UTC. */
  readonly day: number;
  readonly allowed: number;
  readonly refused: number;
}

/** How a key, or all keys, were used in the last 30 days. */
export interface UseSummary {
  /** One entry for each day, the oldest first. */
  readonly days: readonly DayOfUse[];
  readonly allowed: number;
  /** The refusals of the last 7 days by outcome, the most frequent first. */
  readonly refusals: readonly { readonly outcome: string; readonly count: number }[];
}

type Count = { readonly day: number; readonly outcome: string; readonly count: number };

/** @param today days since 1970, in UTC */
export function summarizeUses(counts: readonly Count[], today: number): UseSummary {
  const sum = (some: readonly Count[]) => some.reduce((total, { count }) => total + count, 0);
  const byDay = Map.groupBy(counts, ({ day }) => day);
  const days = Array.from({ length: SHOWN_DAYS }, (_, index) => {
    const day = today - SHOWN_DAYS + 1 + index;
    const ofDay = byDay.get(day) ?? [];
    const allowed = sum(ofDay.filter(({ outcome }) => outcome === 'allowed'));
    return { day, allowed, refused: sum(ofDay) - allowed };
  });
  const recent = counts.filter(({ day, outcome }) => outcome !== 'allowed' && day > today - WARNED_DAYS);
  const refusals = [...Map.groupBy(recent, ({ outcome }) => outcome)]
    .map(([outcome, some]) => ({ outcome, count: sum(some) }))
    .toSorted((one, other) => other.count - one.count);
  return { days, allowed: days.reduce((total, { allowed }) => total + allowed, 0), refusals };
}
