import { describeError, ValetkeyError } from '@valetkey/protocol';
import type { Store } from '../store/store.ts';
import { type SettingName, type Settings, settingTable } from './setting-table.ts';
import type { SettingType } from './setting-types.ts';

/** One setting as an admin sees it; values are text, lists separated by `|`. */
export interface SettingRow {
  readonly setting: SettingName;
  readonly value: string;
  readonly default: string;
  readonly description: string;
  readonly type: SettingType<unknown>['type'];
  readonly category: 'user_api';
}

/** The site's settings, live: a change holds for the next request. */
export interface SettingsRegistry {
  current(): Settings;
  list(): SettingRow[];
  /**
   * Checks, stores, and puts in force.
   *
   * @param by who changes it and from which address, for the audit; nothing where the program itself does
   * @throws ValetkeyError `setting_unknown`; `setting_invalid` with `reason`, a sentence; nothing is changed then
   */
  set(name: string, value: unknown, by?: { userId: string; address: string }): Promise<void>;
}

const names = Object.keys(settingTable) as SettingName[];

/** Reads what is stored; a stored value that is no longer valid falls back to the default rather than to nothing. */
export async function createSettings(store: Store, now: () => number): Promise<SettingsRegistry> {
  const stored = await store.listSettings();
  let values = Object.fromEntries(
    names.map((name) => [name, initialValue(name, stored.get(name))]),
  ) as Settings;

  return {
    current: () => values,
    list: () =>
      names.map((name) => ({
        setting: name,
        value: kindOf(name).format(values[name]),
        default: kindOf(name).format(settingTable[name].initial),
        description: settingTable[name].description,
        type: kindOf(name).type,
        category: 'user_api',
      })),
    async set(name, value, by) {
      if (!isSettingName(name)) throw new ValetkeyError('setting_unknown', { setting: name });
      const parsed = parseSetting(name, value);
      await store.saveSetting(name, kindOf(name).format(parsed));
      values = { ...values, [name]: parsed };
      if (!by) return;
      const { userId: actorId, address } = by;
      const about = { ownerId: null, keyId: null, subject: name };
      await store.appendAuditEvent({ at: now(), action: 'setting_changed', actorId, address, ...about });
    },
  };
}

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingTable, name);
}

/** The table pairs each type with its own values; TypeScript loses that pairing when it is looked up by name. */
function kindOf(name: SettingName): SettingType<unknown> {
  return settingTable[name].kind as SettingType<unknown>;
}

function parseSetting(name: SettingName, value: unknown): unknown {
  try {
    return kindOf(name).parse(value);
  } catch (error) {
    throw new ValetkeyError('setting_invalid', { setting: name, reason: sentenceOf(error) });
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof ValetkeyError) return describeError(error.code, error.details).sentence;
  return error instanceof Error ? error.message : String(error);
}

function initialValue(name: SettingName, stored: string | undefined): unknown {
  if (stored === undefined) return settingTable[name].initial;
  try {
    return kindOf(name).parse(stored);
  } catch {
    return settingTable[name].initial;
  }
}
