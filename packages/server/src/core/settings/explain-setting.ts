import {
  describeRedirectPattern,
  parseRedirectPatterns,
  type RedirectPatternDescription,
  ValetkeyError,
} from '@valetkey/protocol';
import type { SettingName } from './setting-table.ts';

/** The meaning of one item of a list. */
export interface ItemExplanation extends RedirectPatternDescription {
  readonly item: string;
}

/**
 * Explains each item of a setting, for the admin; returns nothing for settings that need no explanation. Omits
 * invalid items, which are reported separately.
 *
 * @param value items separated by `|`
 */
export function explainSetting(name: SettingName, value: string): ItemExplanation[] {
  if (name !== 'allowed_user_api_auth_redirects') return [];
  return value.split('|').flatMap(explainItem);
}

function explainItem(text: string): ItemExplanation[] {
  try {
    return parseRedirectPatterns(text).map((pattern) => ({
      item: pattern.text,
      ...describeRedirectPattern(pattern),
    }));
  } catch (error) {
    if (error instanceof ValetkeyError) return [];
    throw error;
  }
}
