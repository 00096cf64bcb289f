/** A stored last use this far in the future means that the clock was wrong. */
const MAX_AHEAD_MS = 86_400_000;

/**
 * Returns whether a use replaces the stored last use. A batch of another node can be a little late, so an earlier use is
 * ignored. After the clock was set back, a last use in the future would otherwise stay until that time.
 */
export const isLaterUse = (usedAt: number, stored: number | null): boolean =>
  stored === null || stored <= usedAt || stored > usedAt + MAX_AHEAD_MS;

/** Returns the record with its last use at `now` at the latest. A clock that was ahead may have stored a later one. */
export const notInFuture = <Used extends { readonly lastUsedAt: number | null }>(
  record: Used,
  now: number,
): Used => (record.lastUsedAt !== null && record.lastUsedAt > now ? { ...record, lastUsedAt: now } : record);
