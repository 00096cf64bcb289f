import {
  parseRedirectPatterns,
  type RedirectPattern,
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
 * @param describe describes a redirect pattern in the admin's language
 */
export function explainSetting(
  name: SettingName,
  value: string,
  describe: DescribeRedirect,
): ItemExplanation[] {
  if (name !== 'allowed_user_api_auth_redirects') return [];
  return value.split('|').flatMap((text) => explainItem(text, describe));
}

type DescribeRedirect = (pattern: RedirectPattern) => RedirectPatternDescription;

function explainItem(text: string, describe: DescribeRedirect): ItemExplanation[] {
  try {
    return parseRedirectPatterns(text).map((pattern) => ({
      item: pattern.text,
      ...describe(pattern),
    }));
  } catch (error) {
    if (error instanceof ValetkeyError) return [];
    throw error;
  }
}
