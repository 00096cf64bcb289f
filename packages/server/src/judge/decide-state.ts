import type { KnownKey } from '../keys/key-cache.ts';
import type { SiteUser } from '../site.ts';
import type { KeyRecord } from '../store/store.ts';
import type { Refusal } from '../verdict.ts';

/** Whether this key is alive and its person may act, before anything is asked of its scopes. */
export function decideState(
  key: Pick<KnownKey, 'record' | 'isRevoked' | 'expiresAt'>,
  user: SiteUser | null,
  now: number,
): Refusal | null {
  if (key.isRevoked)
    return { code: 'key_revoked', details: { reason: key.record.revokedReason ?? 'revoked' } };
  if (key.expiresAt <= now) {
    return { code: 'key_expired', details: { expired_at: new Date(key.expiresAt).toISOString() } };
  }
  // The account is gone: whoever holds the key learns no more than a stranger would.
  if (!user) return { code: 'key_unknown' };
  if (user.isSuspended) return { code: 'user_suspended' };
  return null;
}

/** A key is good until its moment, not including it. */
export function isExpired({ expiresAt }: Pick<KeyRecord, 'expiresAt'>, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}
