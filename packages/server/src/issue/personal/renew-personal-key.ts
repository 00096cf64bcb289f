import { parseExpiry, parseKeyRequest, type RawParameters, ValetkeyError } from '@valetkey/protocol';
import type { AuditEventFactory } from '../../core/audit/audit-event.ts';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { Provider } from '../provider.ts';
import { listPersonalScopes } from './personal-key-request.ts';

/**
 * Lets a personal key expire later, by the rules for a new key: its scopes must still be allowed, and the new expiry is at most
 * `max_user_api_key_expiry_days` from now. A key that has expired, never expires or would expire earlier cannot be renewed.
 *
 * @throws ValetkeyError `scope_not_allowed`, `expiry_invalid`, `expiry_too_long`, `key_not_renewable`
 */
export async function renewPersonalKey(
  key: KeyRecord,
  { expires_in_seconds }: RawParameters,
  audit: AuditEventFactory<KeyRecord>,
  provider: Provider,
): Promise<KeyRecord> {
  const allowed = listPersonalScopes(provider);
  const refused = key.scopes.filter((name) => !allowed.includes(name));
  if (refused.length > 0) {
    throw new ValetkeyError('scope_not_allowed', { refused_scopes: refused, allowed_scopes: allowed });
  }
  const parsed = parseKeyRequest({ expires_in_seconds, client_id: '-', nonce: '-', scopes: '-' });
  const maxDays = provider.settings.current().max_user_api_key_expiry_days;
  const seconds = parseExpiry(parsed.expiresInSeconds, { maxDays });
  const now = provider.now();
  const renewed =
    seconds === null
      ? null
      : await provider.keys.renew(key.id, { now, expiresAt: now + seconds * 1000 }, audit);
  if (!renewed) throw new ValetkeyError('key_not_renewable');
  return renewed;
}
