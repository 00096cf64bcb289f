import { ValetkeyError } from '@valetkey/protocol';
import { found, type Step } from './key-request.ts';

/** Members of `user_api_key_allowed_groups` may approve; staff always may. */
export const checkGroup: Step = (known, { settings }) => {
  const { user } = found(known, 'session');
  const allowed = settings.user_api_key_allowed_groups;
  if (!user.isStaff && !user.groups.some((group) => allowed.includes(group))) {
    throw new ValetkeyError('group_not_allowed');
  }
  return {};
};
