import { ValetkeyError } from '@valetkey/protocol';
import type { SettingName } from './setting-table.ts';

/**
 * Refuses a push URL that nothing would ever be delivered to, so that the admin hears of it at once and not each app of
 * `push: true` in vain. A stored one stays on the list: a program that was made stricter starts all the same.
 *
 * @throws ValetkeyError `setting_invalid`
 */
export function checkPushesOverHttps(setting: SettingName, parsed: unknown): void {
  if (setting !== 'allowed_user_api_push_urls' || !Array.isArray(parsed)) return;
  const inTheClear = parsed.find((item) => new URL(item).protocol !== 'https:');
  if (inTheClear === undefined) return;
  const reason = `“${inTheClear}” is not https, and this site pushes to https only.`;
  throw new ValetkeyError('setting_invalid', { setting, reason });
}
