import { createKeyText, hashKey } from '../../core/key/hash-key.ts';
import type { AuditEventFactory } from '../../ports/audit-store.ts';
import type { KeyRecord, NewKey } from '../../ports/store.ts';
import type { Provider } from '../provider.ts';
import type { FeedDefinition } from './feed.ts';

/** Makes the key of a person's feed, for its address. The earlier one of that feed dies in the same step. */
export async function createFeedKey(
  name: string,
  feed: FeedDefinition,
  userId: string,
  audit: AuditEventFactory<KeyRecord>,
  provider: Provider,
): Promise<string> {
  const key = createKeyText(provider);
  const newKey: NewKey = {
    keyHash: hashKey(key),
    userId,
    kind: 'feed',
    clientId: name,
    applicationName: feed.sentence,
    scopes: [feed.scope],
    isUrlKey: true,
    pushUrl: null,
    createdAt: provider.now(),
    expiresAt: null,
  };
  await provider.keys.replace(newKey, audit);
  return key;
}
