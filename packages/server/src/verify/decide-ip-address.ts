import type { KnownKey } from './known-key.ts';
import type { Refusal } from './verify-result.ts';

/**
 * Whether this key may be used from this address. Asked once the key is known to be alive, and before the use is
 * counted: a thief who holds the key elsewhere must not use up what its owner may do.
 */
export function decideIpAddress(ipAddresses: KnownKey['ipAddresses'], ipAddress: string): Refusal | null {
  if (ipAddresses === null || ipAddresses(ipAddress)) return null;
  return { code: 'address_not_allowed', details: { address: ipAddress } };
}
