import { ValetkeyError } from '@valetkey/protocol';
import { EVERYONE, type Settings } from '../../core/settings/setting-table.ts';
import type { SiteUser } from '../../core/site-user.ts';
import { found, type Step } from './key-request.ts';

/** Requires a browser session of a user who is not suspended. */
export const checkUser: Step = (_known, { session }) => {
  if (!session) throw new ValetkeyError('login_required');
  if (session.user.isSuspended) throw new ValetkeyError('user_suspended');
  return { session };
};

/** Requires a member of `user_api_key_allowed_groups`, or staff. An empty list allows staff only. */
export const checkGroup: Step = (known, { settings }) => {
  requireGroup(found(known, 'session').user, settings);
  return {};
};

/** @throws ValetkeyError `group_not_allowed` */
export function requireGroup(user: SiteUser, { user_api_key_allowed_groups }: Settings): void {
  const { isStaff = user.isAdmin, groups = [] } = user;
  const isMember = [EVERYONE, ...groups].some((group) => user_api_key_allowed_groups.includes(group));
  if (!isStaff && !isMember) {
    throw new ValetkeyError('group_not_allowed');
  }
}
