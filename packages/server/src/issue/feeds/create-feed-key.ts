import type { AuditEventFactory } from '../../core/audit/audit-event.ts';
import { createKeyText, hashKey } from '../../core/key/hash-key.ts';
import type { KeyRecord, NewKey } from '../../core/key/key-record.ts';
import type { Provider } from '../provider.ts';
import type { FeedDefinition } from './feed.ts';

/** Creates the key of a user's feed, for the feed's URL. It replaces the earlier key of that feed atomically. */
export async function createFeedKey(
  { name, feed, userId }: { readonly name: string; readonly feed: FeedDefinition; readonly userId: string },
  audit: AuditEventFactory<KeyRecord>,
  provider: Provider,
): Promise<string> {
  const key = createKeyText(provider);
  const newKey: NewKey = {
    keyHash: hashKey(key),
    userId,
    kind: 'feed',
    clientId: name,
    // The name for users is in the definition, in each language.
    applicationName: name,
    scopes: [feed.scope],
    isUrlKey: true,
    pushUrl: null,
    createdAt: provider.now(),
    expiresAt: null,
  };
  await provider.keys.replace(newKey, audit);
  return key;
}
