import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import { type Reason, reasonOf } from '../../../core/reason.ts';
import type { SettingName } from '../../../core/settings/setting-table.ts';
import { joinLines } from '../../../settings/setting-lines.ts';
import type { SettingRow, SettingsRegistry } from '../../../settings/settings.ts';

/** One setting of a submitted form. */
export interface SettingEntry {
  readonly name: SettingName;
  /** The text as received, shown again if it is invalid. */
  readonly text: string;
  /** The same text in the form that settings are parsed from. */
  readonly value: string;
  /** The value when the form was opened. */
  readonly was: string;
}

/**
 * Reads `value:<name>` and `was:<name>` for each setting of the form. Browsers omit unchecked boxes, so `was`
 * distinguishes them from settings that are not in the form.
 */
export function readSettingForm(parameters: RawParameters, rows: readonly SettingRow[]): SettingEntry[] {
  return rows.flatMap((row): SettingEntry[] => {
    const was = parameters[`was:${row.setting}`];
    const sent = parameters[`value:${row.setting}`];
    const text = sent === undefined && row.type === 'bool' ? 'false' : sent;
    if (typeof was !== 'string' || typeof text !== 'string') return [];
    // The form does not contain secrets, so an empty field means no change and there is nothing to compare.
    if (row.type === 'secret')
      return text === '' ? [] : [{ name: row.setting, text, value: text, was: row.value }];
    return [{ name: row.setting, text, value: joinLines(row, text), was }];
  });
}

/**
 * Decides which settings the form changes: only those that the admin edited, so that an old page does not undo other
 * changes. If two admins edited the same setting, the second one gets a conflict.
 */
export function decideSettingChanges(
  entries: readonly SettingEntry[],
  settings: Pick<SettingsRegistry, 'list' | 'check'>,
): { changes: Map<SettingName, string>; mistakes: Map<SettingName, Reason> } {
  const current = new Map(settings.list().map(({ setting, value }) => [setting, value]));
  const changes = new Map<SettingName, string>();
  const mistakes = new Map<SettingName, Reason>();
  for (const { name, value, was } of entries) {
    try {
      const wanted = settings.check(name, value);
      const now = current.get(name);
      if (wanted === was || wanted === now) continue;
      if (now === was) changes.set(name, value);
      else mistakes.set(name, { reason: 'changed_meanwhile', current: now ?? '' });
    } catch (error) {
      if (!(error instanceof ValetkeyError)) throw error;
      mistakes.set(name, reasonOf(error));
    }
  }
  return { changes, mistakes };
}
