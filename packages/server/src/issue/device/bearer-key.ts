import { createHmac } from 'node:crypto';

/**
 * The key that a device gets in clear over TLS. It is stored nowhere: the device brings the one half, its device code,
 * and the grant has the other, the salt, which is deleted a minute after it was fetched. From then on nobody can make it again,
 * and the database alone never could (docs/decisions/0012).
 */
export function deriveBearerKey(deviceCode: string, salt: string): string {
  return createHmac('sha256', deviceCode).update(salt).digest('hex').slice(0, 32);
}
