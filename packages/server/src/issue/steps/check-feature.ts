import { ValetkeyError } from '@valetkey/protocol';
import type { Settings } from '../../core/settings/setting-table.ts';
import type { Step } from './key-request.ts';

/** Rejects requests if the feature is off. Issued keys keep working (PROTOCOL.md#capabilities). */
export const checkFeature: Step = (_known, { settings }) => {
  requireFeature(settings);
  return {};
};

/** @throws ValetkeyError `user_api_keys_disabled` */
export function requireFeature(settings: Settings): void {
  if (!settings.allow_user_api_keys) throw new ValetkeyError('user_api_keys_disabled');
}
