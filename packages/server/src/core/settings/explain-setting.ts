import {
  describeRedirectPattern,
  parseRedirectPatterns,
  type RedirectPatternDescription,
  ValetkeyError,
} from '@valetkey/protocol';
import type { SettingName } from './setting-table.ts';

/** What one item of a list means in practice. */
export interface ItemExplanation extends RedirectPatternDescription {
  readonly item: string;
}

/**
 * What each item of a setting means, for the admin who decides; empty for settings that their description says all of.
 * An item that cannot be read is left out: why it will not do is said elsewhere.
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
