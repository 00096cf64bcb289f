import { AUTH_API_VERSION, encodePayload } from '@valetkey/protocol';
import { sealPayload } from '@valetkey/protocol/seal';
import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import { createKeyText, hashKey } from '../core/key/hash-key.ts';
import type { KeyRecord, NewKey } from '../core/key/key-record.ts';
import { withoutQuery } from '../core/key/without-query.ts';
import { issueOneTimePassword } from './issue-one-time-password.ts';
import type { Provider } from './provider.ts';
import type { KeyRequest } from './steps/key-request.ts';

type Sealable = Omit<KeyRequest, 'redirect' | 'client'>;

/** The values for a client, each encrypted to its public key and base64-encoded. */
export interface IssuedKey {
  readonly payload: string;
  /** Null without the scope or without a redirect. */
  readonly oneTimePassword: string | null;
}

/**
 * Creates a key, encrypts it to the client’s public key, and then replaces the earlier key. A failure before the last
 * step changes nothing; after it the key is durable.
 *
 * @throws ValetkeyError `too_many_app_keys`, `too_many_approvals`
 */
export async function issueKey(
  request: Omit<KeyRequest, 'client'>,
  audit: AuditEventFactory<KeyRecord>,
  provider: Provider,
): Promise<IssuedKey> {
  const { payload, newKey } = sealNewKey(request, provider);
  await provider.approvalLimits.count(newKey);
  const issued = { keyHash: newKey.keyHash, audit: null };
  // Stored before its key, without which it is invalid.
  const oneTimePassword =
    request.redirect && request.scopes.includes('one_time_password')
      ? await issueOneTimePassword(request, issued, provider)
      : null;
  await provider.keys.replace(newKey, audit, provider.settings.current().max_app_user_api_keys);
  return { payload, oneTimePassword };
}

/** A key in encrypted form, and its record, which is not stored yet. */
export function sealNewKey(
  request: Sealable,
  provider: Pick<Provider, 'now' | 'randomBytes'>,
): { payload: string; newKey: NewKey } {
  const key = createKeyText(provider);
  const newKey = describeNewKey(request, hashKey(key), provider.now());
  const payload = encodePayload({
    key,
    nonce: request.parameters.nonce,
    push: request.push,
    api: AUTH_API_VERSION,
    expiresAt: newKey.expiresAt === null ? null : new Date(newKey.expiresAt).toISOString(),
  });
  return { payload: sealPayload(payload, request.publicKey, request.padding), newKey };
}

/** Returns the record of a key that a user approves for a client now. */
export function describeNewKey(
  request: Omit<Sealable, 'publicKey' | 'padding'>,
  keyHash: string,
  createdAt: number,
): NewKey {
  const { parameters, expiresInSeconds } = request;
  return {
    keyHash,
    userId: request.session.user.id,
    kind: 'app',
    clientId: parameters.clientId,
    applicationName: request.applicationName,
    scopes: request.scopes,
    isUrlKey: request.isUrlKey,
    pushUrl: request.push ? parameters.pushUrl : null,
    authRedirect: parameters.authRedirect === null ? null : withoutQuery(parameters.authRedirect),
    createdAt,
    expiresAt: expiresInSeconds === null ? null : createdAt + expiresInSeconds * 1000,
  };
}
