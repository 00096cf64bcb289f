import { ValetkeyError } from '@valetkey/protocol';
import type { AuditEventFactory } from '../../core/audit/audit-event.ts';
import { createKeyText, hashKey } from '../../core/key/hash-key.ts';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { Provider } from '../provider.ts';
import type { PersonalKeyRequest } from './personal-key-request.ts';

/** A key that its person makes in the pages and sees once; nothing keeps its text. */
export interface CreatedPersonalKey {
  readonly key: string;
  readonly record: KeyRecord;
}

/**
 * Makes the key that a person wishes for. It takes the place of no other, and may not travel in a URL: feeds have keys
 * for that.
 *
 * @throws ValetkeyError `too_many_personal_keys`
 */
export async function createPersonalKey(
  { applicationName, scopes, expiresInSeconds, allowedIpAddresses }: PersonalKeyRequest,
  userId: string,
  audit: AuditEventFactory<KeyRecord>,
  provider: Provider,
): Promise<CreatedPersonalKey> {
  const { keys, settings, now } = provider;
  const key = createKeyText(provider);
  const createdAt = now();
  const max = settings.current().max_personal_user_api_keys;
  const record = await keys.createPersonal(
    {
      keyHash: hashKey(key),
      userId,
      kind: 'personal',
      // Names no app: it only has to be no other's.
      clientId: createKeyText(provider),
      applicationName,
      scopes,
      isUrlKey: false,
      pushUrl: null,
      createdAt,
      allowedIpAddresses,
      expiresAt: expiresInSeconds === null ? null : createdAt + expiresInSeconds * 1000,
    },
    max,
    audit,
  );
  if (!record) throw new ValetkeyError('too_many_personal_keys', { max_keys: max });
  return { key, record };
}
