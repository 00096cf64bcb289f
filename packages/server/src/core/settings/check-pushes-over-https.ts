import { InvalidValue } from '../reason.ts';
import type { SettingName } from './setting-table.ts';

/**
 * Rejects a push URL to which nothing could be delivered, so that the admin gets the error when changing the setting.
 * Stored values stay valid, so that a stricter release still starts.
 *
 * @throws InvalidValue
 */
export function checkPushesOverHttps(setting: SettingName, parsed: unknown): void {
  if (setting !== 'allowed_user_api_push_urls' || !Array.isArray(parsed)) return;
  const unencrypted = parsed.find((item) => new URL(item).protocol !== 'https:');
  if (unencrypted !== undefined) throw new InvalidValue({ reason: 'item_not_https', item: unencrypted });
}
