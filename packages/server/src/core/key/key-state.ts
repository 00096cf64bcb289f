import { type Refusal, refuse } from '../refusal.ts';
import type { SiteUser } from '../site-user.ts';
import type { KeyRecord, VerifiedKey } from './key-record.ts';

/** Rejects a key that is revoked or expired, or whose user is gone or suspended. Scopes are checked elsewhere. */
export function decideState(
  { record, expiresAt }: { readonly record: VerifiedKey; readonly expiresAt: number | null },
  user: SiteUser | null,
  now: number,
): Refusal | null {
  if (record.revokedAt !== null) return refuse('key_revoked', { reason: record.revokedReason ?? 'revoked' });
  if (expiresAt !== null && expiresAt <= now) return describeEnd(record, expiresAt);
  // The account was deleted: the response must not reveal that the key once existed.
  if (!user) return refuse('key_unknown');
  return user.isSuspended ? refuse('user_suspended') : null;
}

/** A key past its effective expiry has either expired or outlived the grace period of a rotation. */
function describeEnd({ retiresAt }: VerifiedKey, end: number): Refusal {
  const time = new Date(end).toISOString();
  if (retiresAt !== end) return refuse('key_expired', { expired_at: time });
  return refuse('key_revoked', { reason: 'replaced', grace_ended_at: time });
}

/** Whether the key or the OAuth grant is neither revoked nor expired. */
export function isActive(
  key: Pick<KeyRecord, 'revokedAt' | 'expiresAt'> & Partial<Pick<KeyRecord, 'retiresAt'>>,
  now: number,
): boolean {
  return key.revokedAt === null && !isExpired(key, now);
}

/** Whether the effective expiry has been reached. The key is invalid at exactly that time. */
export function isExpired(key: Parameters<typeof effectiveExpiry>[0], now: number): boolean {
  return effectiveExpiry(key) <= now;
}

/** Returns when the key expires or its grace period ends, whichever comes first; `Infinity` for never. */
export function effectiveExpiry({
  expiresAt,
  retiresAt,
}: {
  readonly expiresAt?: number | null;
  readonly retiresAt?: number | null;
}): number {
  return Math.min(expiresAt ?? Number.POSITIVE_INFINITY, retiresAt ?? Number.POSITIVE_INFINITY);
}
