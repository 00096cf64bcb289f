import type { KeyRecord } from '../../core/key/key-record.ts';
import { isExpired } from '../../core/key/key-state.ts';
import { isForAdmins } from '../../issue/require-restorable.ts';

const DAY_MS = 86_400_000;

/** Returns the time since which a revocation can be undone on the page. */
export const undoableSince = (now: number): number => now - 7 * DAY_MS;

/**
 * Returns the keys whose revocation can be undone, by the user or by an admin: revoked recently, not for their age, and
 * without a newer key of the same client. A rotated key has a successor, listed or not.
 *
 * @param keys of one user, newest first
 */
export function findUndoableKeys(keys: readonly KeyRecord[], now: number): KeyRecord[] {
  const clientOf = ({ kind, clientId }: KeyRecord) => `${kind} ${clientId}`;
  // A later entry of the map overwrites an earlier one, so the newest key stays.
  const newest = new Map(keys.toReversed().map((key) => [clientOf(key), key]));
  const isRecent = ({ revokedReason, revokedAt }: KeyRecord) =>
    (revokedReason === 'revoked' || (revokedReason !== 'too_old' && isForAdmins({ revokedReason }))) &&
    (revokedAt ?? 0) > undoableSince(now);
  return keys.filter(
    (key) =>
      isRecent(key) && key.retiresAt === null && !isExpired(key, now) && newest.get(clientOf(key)) === key,
  );
}
