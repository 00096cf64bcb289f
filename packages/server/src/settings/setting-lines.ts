import type { SettingRow } from './settings.ts';

/** Lists have one item on each line in forms, and `|` between items everywhere else. */

/** Returns the value of a setting from the text of its form field. */
export function joinLines({ type }: Pick<SettingRow, 'type'>, text: string): string {
  return type === 'list' ? text.split(/\r?\n/).join('|') : text;
}

/** Returns the text of a form field from the value of a setting. */
export function splitLines({ type, value }: Pick<SettingRow, 'type' | 'value'>): string {
  return type === 'list' ? value.split('|').join('\n') : value;
}
