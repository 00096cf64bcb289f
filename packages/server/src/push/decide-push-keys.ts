import type { KeyRecord } from '../core/key/key-record.ts';
import { isActive } from '../core/key/key-state.ts';
import { hasPushScope } from '../core/scopes/scope-names.ts';
import type { Settings } from '../core/settings/setting-table.ts';
import type { SiteUser } from '../ports/site.ts';

/** A key whose app is to be told. */
export type PushKey = KeyRecord & { readonly pushUrl: string };

/**
 * Which of these keys of one person receive a notification at this moment: live, with `push` or `notifications`, and
 * with a push URL that is on the site's list now (PROTOCOL.md section 11). Asked when a notification is raised, and
 * again before each attempt to deliver it. An app with two live keys hears once.
 */
export function decidePushKeys(
  keys: readonly KeyRecord[],
  user: SiteUser | null,
  settings: Pick<Settings, 'allowed_user_api_push_urls'>,
  now: number,
): PushKey[] {
  if (!user || user.isSuspended) return [];
  const receives = (key: KeyRecord): key is PushKey =>
    key.userId === user.id &&
    isActive(key, now) &&
    hasPushScope(key.scopes) &&
    key.pushUrl !== null &&
    settings.allowed_user_api_push_urls.includes(key.pushUrl);
  const byApp = new Map(
    keys.filter(receives).map((key) => [JSON.stringify([key.pushUrl, key.clientId]), key]),
  );
  return [...byApp.values()];
}
