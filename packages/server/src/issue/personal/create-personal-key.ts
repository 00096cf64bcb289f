import { ValetkeyError } from '@valetkey/protocol';
import type { AuditEventFactory } from '../../core/audit/audit-event.ts';
import { createKeyText, hashKey } from '../../core/key/hash-key.ts';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { Provider } from '../provider.ts';
import type { PersonalKeyRequest } from './personal-key-request.ts';

/** A key that its user creates and sees once. Its text is not stored. */
export interface CreatedPersonalKey {
  readonly key: string;
  readonly record: KeyRecord;
}

/**
 * Creates a personal key. It replaces no other key and is never a URL key: feeds have keys for that.
 *
 * @throws ValetkeyError `too_many_personal_keys`
 */
export async function createPersonalKey(
  { applicationName, scopes, expiresInSeconds, allowedIpAddresses, isForAgents }: PersonalKeyRequest,
  userId: string,
  audit: AuditEventFactory<KeyRecord>,
  provider: Provider,
): Promise<CreatedPersonalKey> {
  const { keys, settings, now, agentResource } = provider;
  const key = createKeyText(provider);
  const createdAt = now();
  const max = settings.current().max_personal_user_api_keys;
  const record = await keys.createPersonal(
    {
      keyHash: hashKey(key),
      userId,
      kind: 'personal',
      // A personal key has no client, so its client id is random and unique.
      clientId: createKeyText(provider),
      applicationName,
      scopes,
      isUrlKey: false,
      pushUrl: null,
      createdAt,
      allowedIpAddresses,
      ...(isForAgents && agentResource !== null && { resources: ['/', agentResource] }),
      expiresAt: expiresInSeconds === null ? null : createdAt + expiresInSeconds * 1000,
    },
    max,
    audit,
  );
  if (!record) throw new ValetkeyError('too_many_personal_keys', { max_keys: max });
  return { key, record };
}
