import { createHmac } from 'node:crypto';

/**
 * Derives the unencrypted key that a device receives over TLS. The key is not stored. It is derived from the device
 * code, which only the device has, and a salt in the grant. The salt is deleted a minute after the key was fetched. The
 * database alone never suffices to derive the key (docs/decisions/0012).
 */
export function deriveBearerKey(deviceCode: string, salt: string): string {
  return createHmac('sha256', deviceCode).update(salt).digest('hex').slice(0, 32);
}
