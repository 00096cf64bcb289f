import type { FindingCode } from './finding-table.ts';

/** Codes after which only a new key helps. */
const KEY_IS_NO_GOOD: readonly string[] = [
  'key_unknown',
  'key_revoked',
  'key_expired',
  'key_is_encrypted_payload',
  'key_is_public_key',
  'admin_key_in_user_header',
];

/**
 * Returns the finding for an error code that concerns the key or its user, independent of the request; null for other
 * codes.
 */
export function findRefusalFinding(code: string | null): FindingCode | null {
  if (code === 'user_suspended') return 'person_suspended';
  if (code === 'address_not_allowed') return 'address_refused';
  return code !== null && KEY_IS_NO_GOOD.includes(code) ? 'key_refused' : null;
}
