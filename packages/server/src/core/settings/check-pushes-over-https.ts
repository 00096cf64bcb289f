import { ValetkeyError } from '@valetkey/protocol';
import type { SettingName } from './setting-table.ts';

/**
 * Rejects a push URL to which nothing could be delivered, so that the admin gets the error when changing the setting.
 * Stored values stay valid, so that a stricter release still starts.
 *
 * @throws ValetkeyError `setting_invalid`
 */
export function checkPushesOverHttps(setting: SettingName, parsed: unknown): void {
  if (setting !== 'allowed_user_api_push_urls' || !Array.isArray(parsed)) return;
  const insecure = parsed.find((item) => new URL(item).protocol !== 'https:');
  if (insecure === undefined) return;
  const reason = `“${insecure}” is not https; this site pushes to https URLs only.`;
  throw new ValetkeyError('setting_invalid', { setting, reason });
}
