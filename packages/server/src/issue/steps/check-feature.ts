import { ValetkeyError } from '@valetkey/protocol';
import type { Settings } from '../../core/settings/setting-table.ts';
import type { Step } from './key-request.ts';

/** Off means that nobody may ask; keys handed out before go on working (PROTOCOL.md section 1). */
export const checkFeature: Step = (_known, { settings }) => {
  requireFeature(settings);
  return {};
};

/** @throws ValetkeyError `user_api_keys_disabled` */
export function requireFeature(settings: Settings): void {
  if (!settings.allow_user_api_keys) throw new ValetkeyError('user_api_keys_disabled');
}
