import { sealPayload } from '@valetkey/protocol/seal';
import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import { hashKey } from '../core/key/hash-key.ts';
import type { OneTimePassword } from '../ports/one-time-password-store.ts';
import type { Provider } from './provider.ts';
import type { KeyRequest } from './steps/key-request.ts';

const TEN_MINUTES_MS = 600_000;

/**
 * Makes a password that signs this person in once, within ten minutes, and seals it to the app's public key
 * (PROTOCOL.md section 7). Only its hash is stored.
 *
 * @param audit left out where it goes with a key, whose approval is what is written down
 */
export async function issueOneTimePassword(
  { session, publicKey, padding }: Pick<KeyRequest, 'session' | 'publicKey' | 'padding'>,
  { store, randomBytes, now }: Pick<Provider, 'store' | 'randomBytes' | 'now'>,
  audit?: AuditEventFactory<OneTimePassword>,
): Promise<string> {
  const password = Buffer.from(randomBytes(16)).toString('hex');
  const sealed = sealPayload(password, publicKey, padding);
  const moment = now();
  const expiresAt = moment + TEN_MINUTES_MS;
  const stored = { passwordHash: hashKey(password), userId: session.user.id, expiresAt };
  await store.saveOneTimePassword(stored, moment, audit);
  return sealed;
}
