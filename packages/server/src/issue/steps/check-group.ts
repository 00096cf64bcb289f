import { ValetkeyError } from '@valetkey/protocol';
import type { Settings } from '../../core/settings/setting-table.ts';
import type { SiteUser } from '../../ports/site.ts';
import { found, type Step } from './key-request.ts';

/** Members of `user_api_key_allowed_groups` may approve; staff always may. */
export const checkGroup: Step = (known, { settings }) => {
  requireGroup(found(known, 'session').user, settings);
  return {};
};

/** @throws ValetkeyError `group_not_allowed` */
export function requireGroup(user: SiteUser, { user_api_key_allowed_groups }: Settings): void {
  if (!user.isStaff && !user.groups.some((group) => user_api_key_allowed_groups.includes(group))) {
    throw new ValetkeyError('group_not_allowed');
  }
}
