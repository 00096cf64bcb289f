import { sealPayload } from '@valetkey/protocol/seal';
import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import { hashKey } from '../core/key/hash-key.ts';
import { withoutQuery } from '../core/key/without-query.ts';
import type { OneTimePassword } from '../ports/one-time-password-store.ts';
import type { Provider } from './provider.ts';
import type { KeyRequest } from './steps/key-request.ts';

const TEN_MINUTES_MS = 600_000;

/**
 * Creates a password that signs this user in once, within ten minutes, and encrypts it to the client’s public key
 * (PROTOCOL.md#one-time-passwords). Stores only its hash.
 *
 * @param issued the hash of the key that it is issued with and expires with; null without a key. `audit` is null
 *   with a key, whose approval is audited
 */
export async function issueOneTimePassword(
  {
    session,
    applicationName,
    publicKey,
    padding,
    redirect,
  }: Pick<KeyRequest, 'session' | 'applicationName' | 'publicKey' | 'padding' | 'redirect'>,
  { keyHash, audit }: { keyHash: string | null; audit: AuditEventFactory<OneTimePassword> | null },
  { store, randomBytes, now }: Pick<Provider, 'store' | 'randomBytes' | 'now'>,
): Promise<string> {
  const password = Buffer.from(randomBytes(16)).toString('hex');
  const sealed = sealPayload(password, publicKey, padding);
  const createdAt = now();
  const expiresAt = createdAt + TEN_MINUTES_MS;
  const passwordHash = hashKey(password);
  const authRedirect = redirect && withoutQuery(redirect.text);
  await store.saveOneTimePassword(
    { passwordHash, userId: session.user.id, keyHash, applicationName, authRedirect, expiresAt },
    createdAt,
    audit ?? undefined,
  );
  return sealed;
}
