import { randomToken } from '@valetkey/client';
import { labelOf } from '../keys/key-entry.ts';
import type { KeyRing } from '../keys/key-ring.ts';

/**
 * The client id for a login. A site keeps one key for each person and client id, so a named identity has an id of its
 * own (else two names for one person would replace each other), and keeps it (else logging in again would leave the
 * earlier key behind).
 */
export async function chooseClientId(ring: KeyRing, site: string, name: string | null): Promise<string> {
  if (name === null) return ring.installationId();
  const earlier = ring.list().find((entry) => entry.site === site && labelOf(entry) === name);
  return earlier?.clientId ?? randomToken();
}
