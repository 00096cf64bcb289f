import type { KnownKey } from './known-key.ts';
import type { Refusal } from './verify-result.ts';

/**
 * Whether this key may be used from this address. Asked once the key is known to be alive, and before the use is
 * counted: a thief who holds the key elsewhere must not use up what its owner may do.
 */
export function decideAddress(addresses: KnownKey['addresses'], address: string): Refusal | null {
  if (addresses === null || addresses(address)) return null;
  return { code: 'address_not_allowed', details: { address } };
}
