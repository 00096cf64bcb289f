import { ValetkeyError } from '@valetkey/protocol';
import { found, type Step } from './key-request.ts';

/** Whatever a site takes from apps that are older than this flow, a device has a key of today (PROTOCOL.md section 8). */
const MIN_BITS = 2048;

/** A public key that a device may send. */
export const checkDeviceKey: Step = (known) => {
  const { bits } = found(known, 'publicKey');
  if (bits < MIN_BITS) throw new ValetkeyError('public_key_too_small', { bits, min_bits: MIN_BITS });
  return {};
};
