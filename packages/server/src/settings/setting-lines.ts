import type { SettingRow } from './settings.ts';

/** Lists have one item on each line in forms, and `|` between items everywhere else. */

/** Returns the text of a form's field as a setting is parsed from it. */
export function joinLines({ type }: Pick<SettingRow, 'type'>, text: string): string {
  return type === 'list' ? text.split(/\r?\n/).join('|') : text;
}

/** Returns the value of a setting as a form's field shows it. */
export function splitLines({ type, value }: Pick<SettingRow, 'type' | 'value'>): string {
  return type === 'list' ? value.split('|').join('\n') : value;
}
