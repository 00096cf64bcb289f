import { ValetkeyError } from '@valetkey/protocol';
import type { Settings } from '../../core/settings/setting-table.ts';
import type { SiteUser } from '../../ports/site.ts';
import { requireFeature } from '../steps/check-feature.ts';
import { requireGroup } from '../steps/check-user.ts';

/** The values of `allow_personal_user_api_keys` under which people make these. */
const ALLOWED_BY: Record<'feeds' | 'all', readonly Settings['allow_personal_user_api_keys'][]> = {
  feeds: ['feeds', 'all'],
  all: ['all'],
};

/**
 * Whether this person may make a key for themselves: the site lets people, and they could approve an app as well.
 *
 * @param needed the least that `allow_personal_user_api_keys` must be
 * @throws ValetkeyError `user_api_keys_disabled`, `personal_keys_disabled`, `group_not_allowed`
 */
export function checkPersonalKeysAllowed(needed: 'feeds' | 'all', user: SiteUser, settings: Settings): void {
  requireFeature(settings);
  if (!allowsPersonalKeys(needed, settings)) {
    throw new ValetkeyError('personal_keys_disabled', { needed: ALLOWED_BY[needed].join(' or ') });
  }
  requireGroup(user, settings);
}

/** Whether the site lets people make these, whoever they are. */
export function allowsPersonalKeys(needed: 'feeds' | 'all', settings: Settings): boolean {
  return settings.allow_user_api_keys && ALLOWED_BY[needed].includes(settings.allow_personal_user_api_keys);
}
