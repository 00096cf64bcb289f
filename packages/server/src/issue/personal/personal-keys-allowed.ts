import { ValetkeyError } from '@valetkey/protocol';
import type { Settings } from '../../core/settings/setting-table.ts';
import type { SiteUser } from '../../ports/site.ts';
import { requireFeature } from '../steps/check-feature.ts';
import { requireGroup } from '../steps/check-user.ts';

/** The values of `allow_personal_user_api_keys` that allow each kind of key. */
const ALLOWED_BY: Record<'feeds' | 'all', readonly Settings['allow_personal_user_api_keys'][]> = {
  feeds: ['feeds', 'all'],
  all: ['all'],
};

/**
 * Checks that this user may create keys: the setting allows it, and the user could approve a client.
 *
 * @param needed the minimum of `allow_personal_user_api_keys`
 * @throws ValetkeyError `user_api_keys_disabled`, `personal_keys_disabled`, `group_not_allowed`
 */
export function checkPersonalKeysAllowed(needed: 'feeds' | 'all', user: SiteUser, settings: Settings): void {
  requireFeature(settings);
  if (!allowsPersonalKeys(needed, settings)) {
    throw new ValetkeyError('personal_keys_disabled', { needed: ALLOWED_BY[needed].join(' or ') });
  }
  requireGroup(user, settings);
}

/** Returns whether the setting allows this kind of key at all. */
export function allowsPersonalKeys(needed: 'feeds' | 'all', settings: Settings): boolean {
  return settings.allow_user_api_keys && ALLOWED_BY[needed].includes(settings.allow_personal_user_api_keys);
}
