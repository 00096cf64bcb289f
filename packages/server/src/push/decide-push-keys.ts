import type { BlockList } from '../core/blocks/block-list.ts';
import { findKeyBlock } from '../core/blocks/blocked-key.ts';
import type { KeyRecord } from '../core/key/key-record.ts';
import { isActive } from '../core/key/key-state.ts';
import { hasPushScope } from '../core/scopes/scope-names.ts';
import type { Settings } from '../core/settings/setting-table.ts';
import type { SiteUser } from '../ports/site.ts';

/** A key with a push URL. */
export type PushKey = KeyRecord & { readonly pushUrl: string };

/**
 * Returns the keys of a user that receive a notification now: active, of an app that no admin has blocked, with `push` or
 * `notifications`, and with a push URL on the site’s current list (PROTOCOL.md#push). Called when a notification is queued, and before each attempt. A
 * client with two active keys gets one push.
 */
export function decidePushKeys(
  keys: readonly KeyRecord[],
  user: SiteUser | null,
  site: Pick<Settings, 'allowed_user_api_push_urls'> & { readonly blocks: BlockList },
  now: number,
): PushKey[] {
  if (!user || user.isSuspended) return [];
  const receives = (key: KeyRecord): key is PushKey =>
    key.userId === user.id &&
    isActive(key, now) &&
    hasPushScope(key.scopes) &&
    key.pushUrl !== null &&
    site.allowed_user_api_push_urls.includes(key.pushUrl) &&
    findKeyBlock(key, site.blocks) === null;
  const byApp = new Map(
    keys
      .filter(receives)
      .map((key) => [JSON.stringify([key.pushUrl, key.sentClientId ?? key.clientId]), key]),
  );
  return [...byApp.values()];
}
