import type { SiteUser } from '../../ports/site.ts';
import type { KeyRecord } from '../../ports/store.ts';
import type { KnownKey } from '../../verify/known-key.ts';
import type { Refusal } from '../../verify/verify-result.ts';
import { effectiveExpiry } from './effective-expiry.ts';

/** Whether this key is alive and its person may act, before anything is asked of its scopes. */
export function decideState(
  key: Pick<KnownKey, 'record' | 'isRevoked' | 'expiresAt'>,
  user: SiteUser | null,
  now: number,
): Refusal | null {
  if (key.isRevoked)
    return { code: 'key_revoked', details: { reason: key.record.revokedReason ?? 'revoked' } };
  if (key.expiresAt <= now) return describeEnd(key.record, key.expiresAt);
  // The account is gone: whoever holds the key learns no more than a stranger would.
  if (!user) return { code: 'key_unknown' };
  if (user.isSuspended) return { code: 'user_suspended' };
  return null;
}

/** What ended by itself was either rotated away, so that a newer key stands in its place, or has expired. */
function describeEnd({ retiresAt }: KeyRecord, end: number): Refusal {
  const time = new Date(end).toISOString();
  if (retiresAt !== end) return { code: 'key_expired', details: { expired_at: time } };
  return { code: 'key_revoked', details: { reason: 'replaced', grace_ended_at: time } };
}

/** Whether this key works at this moment, as far as it is up to the key. */
export function isActive(
  key: Pick<KeyRecord, 'revokedAt' | 'expiresAt' | 'retiresAt'>,
  now: number,
): boolean {
  return key.revokedAt === null && !isExpired(key, now);
}

/** Whether its time is over: a key is good until that moment, not including it. */
export function isExpired(key: Pick<KeyRecord, 'expiresAt' | 'retiresAt'>, now: number): boolean {
  return effectiveExpiry(key) <= now;
}
