import { type ErrorCode, ValetkeyError } from '@valetkey/protocol';
import type { ReasonCode } from '@valetkey/protocol/messages';
import type { AuditEventFactory } from '../../core/audit/audit-event.ts';
import { createKeyText, hashKey } from '../../core/key/hash-key.ts';
import type { KeyRecord } from '../../core/key/key-record.ts';
import { effectiveExpiry } from '../../core/key/key-state.ts';
import type { RotationOutcome } from '../../ports/personal-key-store.ts';
import type { Provider } from '../provider.ts';
import type { CreatedPersonalKey } from './create-personal-key.ts';
import { listPersonalScopes } from './personal-key-request.ts';

/** The new key, shown once, and the old key with its new expiry. */
export interface RotatedKey extends CreatedPersonalKey {
  readonly retiring: KeyRecord;
}

const REFUSALS: Record<Exclude<RotationOutcome['kind'], 'rotated'>, ErrorCode> = {
  not_found: 'key_not_found',
  was_revoked: 'key_not_found',
  was_rotated: 'key_was_rotated',
  too_many: 'too_many_personal_keys',
};

const REASON_CODES = { app: 'app_key', feed: 'feed_key', oauth: 'app_key' } as const satisfies Record<
  string,
  ReasonCode
>;

/**
 * Creates a replacement for this key; the old key stays valid for the grace period. The store copies scopes and
 * expiry, so the new key cannot exceed the old one.
 *
 * @throws ValetkeyError `key_not_rotatable`, `key_expired`, `scope_not_allowed`, `key_was_rotated`,
 *   `key_not_found`, `too_many_personal_keys`
 */
export async function rotatePersonalKey(
  old: KeyRecord,
  graceSeconds: number,
  audit: AuditEventFactory<KeyRecord>,
  provider: Provider,
): Promise<RotatedKey> {
  checkRotatable(old, provider);
  const key = createKeyText(provider);
  const createdAt = provider.now();
  const max = provider.settings.current().max_personal_user_api_keys;
  const outcome = await provider.keys.rotate(
    old.id,
    { keyHash: hashKey(key), createdAt, retiresAt: createdAt + graceSeconds * 1000 },
    max,
    audit,
  );
  if (outcome.kind !== 'rotated') throw new ValetkeyError(REFUSALS[outcome.kind], { max_keys: max });
  return { key, record: outcome.key, retiring: outcome.retiring };
}

/** Rejects a key that could not be issued today: expired, or with a scope that is no longer allowed. */
function checkRotatable({ kind, scopes, ...key }: KeyRecord, provider: Provider): void {
  if (kind !== 'personal') throw new ValetkeyError('key_not_rotatable', { reason: REASON_CODES[kind] });
  if (key.revokedAt !== null) throw new ValetkeyError('key_not_found');
  if (key.retiresAt !== null) throw new ValetkeyError('key_was_rotated');
  const end = effectiveExpiry(key);
  if (end <= provider.now()) {
    throw new ValetkeyError('key_expired', { expired_at: new Date(end).toISOString() });
  }
  const allowed = listPersonalScopes(provider);
  const refused = scopes.filter((name) => !allowed.includes(name));
  if (refused.length > 0) {
    throw new ValetkeyError('scope_not_allowed', { refused_scopes: refused, allowed_scopes: allowed });
  }
}

/**
 * Parses the seconds that the old key stays valid after a rotation. The default is 0, the right value after a leak.
 *
 * @throws ValetkeyError `grace_invalid`
 */
export function parseGrace(value: unknown, { maxSeconds }: { readonly maxSeconds: number }): number {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : value;
  if (text === undefined || text === '') return 0;
  const seconds = typeof text === 'string' && /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds <= maxSeconds)) throw new ValetkeyError('grace_invalid', { max_seconds: maxSeconds });
  return seconds;
}
