/**
 * The moment from which a key is dead by itself: when it expires, or when its time beside a newer key is over,
 * whichever comes first; `Infinity` for never.
 */
export function effectiveExpiry({
  expiresAt,
  retiresAt,
}: {
  readonly expiresAt?: number | null;
  readonly retiresAt?: number | null;
}): number {
  return Math.min(expiresAt ?? Number.POSITIVE_INFINITY, retiresAt ?? Number.POSITIVE_INFINITY);
}
