import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import type { SettingName } from '../../../core/settings/setting-table.ts';
import { joinLines } from '../../../settings/setting-lines.ts';
import type { SettingRow, SettingsRegistry } from '../../../settings/settings.ts';

/** One setting as it stood in a form that was sent. */
export interface SettingEntry {
  readonly name: SettingName;
  /** As it was written, to be shown again if it will not do. */
  readonly text: string;
  /** The same, in the form that settings are parsed from. */
  readonly value: string;
  /** What the form showed when it was opened. */
  readonly was: string;
}

/**
 * Reads `value:<name>` with `was:<name>` for each setting that the form had. A box that is not ticked sends nothing, so
 * it is the `was` that tells an empty box from a setting that was not in the form.
 */
export function readSettingForm(parameters: RawParameters, rows: readonly SettingRow[]): SettingEntry[] {
  return rows.flatMap((row): SettingEntry[] => {
    const was = parameters[`was:${row.setting}`];
    const sent = parameters[`value:${row.setting}`];
    const text = sent === undefined && row.type === 'bool' ? 'false' : sent;
    if (typeof was !== 'string' || typeof text !== 'string') return [];
    // A secret is not in the form, so an empty field leaves it as it is, and there is nothing to compare it with.
    if (row.type === 'secret')
      return text === '' ? [] : [{ name: row.setting, text, value: text, was: row.value }];
    return [{ name: row.setting, text, value: joinLines(row, text), was }];
  });
}

/**
 * What the form changes. Only what its sender touched: what somebody else changed meanwhile is not taken back by a page
 * that was opened before, and where both touched the same setting, the second is told first.
 */
export function decideSettingChanges(
  entries: readonly SettingEntry[],
  settings: Pick<SettingsRegistry, 'list' | 'check'>,
): { changes: Map<SettingName, string>; mistakes: Map<SettingName, string> } {
  const current = new Map(settings.list().map(({ setting, value }) => [setting, value]));
  const changes = new Map<SettingName, string>();
  const mistakes = new Map<SettingName, string>();
  for (const { name, value, was } of entries) {
    try {
      const wanted = settings.check(name, value);
      const now = current.get(name);
      if (wanted === was || wanted === now) continue;
      if (now === was) changes.set(name, value);
      else
        mistakes.set(
          name,
          `Somebody changed this to “${now}” meanwhile. Save again to put yours in its place.`,
        );
    } catch (error) {
      if (!(error instanceof ValetkeyError)) throw error;
      mistakes.set(name, String(error.details.reason));
    }
  }
  return { changes, mistakes };
}
