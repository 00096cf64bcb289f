import type { KeyRecord } from '../../core/key/key-record.ts';
import { isExpired } from '../../core/key/key-state.ts';

const DAY_MS = 86_400_000;

/** From when on a revocation can be undone from the page: after a week the list is about what still works. */
export const undoableSince = (now: number): number => now - 7 * DAY_MS;

/**
 * Revoked by hand or for want of use, not long ago, and nothing of the same client came after it: what was rotated has a
 * successor, listed or not.
 *
 * @param keys of one person, newest first
 */
export function findUndoableKeys(keys: readonly KeyRecord[], now: number): KeyRecord[] {
  const placeOf = ({ kind, clientId }: KeyRecord) => `${kind} ${clientId}`;
  // The last to be set is the newest.
  const newest = new Map(keys.toReversed().map((key) => [placeOf(key), key]));
  const isRecent = ({ revokedReason, revokedAt }: KeyRecord) =>
    (revokedReason === 'revoked' || revokedReason === 'unused') && (revokedAt ?? 0) > undoableSince(now);
  return keys.filter(
    (key) =>
      isRecent(key) && key.retiresAt === null && !isExpired(key, now) && newest.get(placeOf(key)) === key,
  );
}
