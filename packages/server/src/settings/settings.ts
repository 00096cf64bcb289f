import { ValetkeyError } from '@valetkey/protocol';
import { describeError } from '@valetkey/protocol/messages';
import { createAuditEventFactory } from '../core/audit/audit-event-factory.ts';
import { checkPushesOverHttps } from '../core/settings/check-pushes-over-https.ts';
import { type SettingName, type Settings, settingTable } from '../core/settings/setting-table.ts';
import type { SettingType } from '../core/settings/setting-types.ts';
import type { Store } from '../ports/store.ts';

/** One setting as an admin sees it; values are text, lists separated by `|`. */
export interface SettingRow {
  readonly setting: SettingName;
  readonly value: string;
  readonly default: string;
  readonly description: string;
  readonly type: SettingType<unknown>['type'];
  readonly category: 'user_api';
  /** Of an integer: the least and the most that it may be. */
  readonly min?: number;
  readonly max?: number;
  /** Of a choice: what there is to choose from. */
  readonly valid_values?: readonly string[];
}

/** Who changes a setting and from which address, for the audit. */
export interface SettingChanger {
  readonly userId: string;
  readonly ipAddress: string;
}

/** The site's settings, live: a change holds for the next request. */
export interface SettingsRegistry {
  current(): Settings;
  list(): SettingRow[];
  /**
   * The value as text, as it would be stored; changes nothing. `set` judges by the same parser.
   *
   * @throws ValetkeyError `setting_unknown`; `setting_invalid` with `reason`, a sentence
   */
  check(name: string, value: unknown): string;
  /**
   * Checks, stores together with what the audit says of it, and puts in force.
   *
   * @param by who changes it; nothing where the program itself does
   * @throws ValetkeyError `setting_unknown`; `setting_invalid` with `reason`, a sentence; nothing is changed then
   */
  set(name: string, value: unknown, by?: SettingChanger): Promise<void>;
  /** The same for several at once: all of them or, where one will not do, none. */
  setAll(changes: ReadonlyMap<string, unknown>, by?: SettingChanger): Promise<void>;
}

const names = Object.keys(settingTable) as SettingName[];

/**
 * Reads what is stored. A stored value that will not do any more ends it: what an admin once narrowed must not become the
 * default, which may be wider, without their knowing.
 *
 * @throws Error that names the setting, and says what to do
 */
export async function createSettings(
  store: Store,
  now: () => number,
  { pushesOverHttp = false }: { pushesOverHttp?: boolean | undefined } = {},
): Promise<SettingsRegistry> {
  const stored = await store.listSettings();
  let values = Object.fromEntries(
    names.map((name) => [name, initialValue(name, stored.get(name))]),
  ) as Settings;

  const check = (name: string, value: unknown) => {
    if (!isSettingName(name)) throw new ValetkeyError('setting_unknown', { setting: name });
    const parsed = parseSetting(name, value);
    if (!pushesOverHttp) checkPushesOverHttps(name, parsed);
    return { name, parsed, text: kindOf(name).format(parsed) };
  };

  async function save(changes: ReadonlyMap<string, unknown>, by?: SettingChanger): Promise<void> {
    const checked = [...changes].map(([name, value]) => check(name, value));
    const audit =
      by &&
      createAuditEventFactory<string>(
        { id: by.userId },
        'setting_changed',
        (name) => ({ subject: name }),
        by,
        { now },
      );
    await store.saveSettings(new Map(checked.map(({ name, text }) => [name, text])), audit);
    values = { ...values, ...Object.fromEntries(checked.map(({ name, parsed }) => [name, parsed])) };
  }

  // One after the other: whatever the store is, what is in force is what was stored last.
  let last: Promise<unknown> = Promise.resolve();
  function setAll(...change: Parameters<typeof save>): Promise<void> {
    const saved = last.then(() => save(...change));
    last = saved.catch(() => {});
    return saved;
  }

  return {
    current: () => values,
    list: () =>
      names.map((name) => {
        const { initial, description } = settingTable[name];
        const kind = kindOf(name);
        return {
          setting: name,
          value: kind.format(values[name]),
          default: kind.format(initial),
          description,
          type: kind.type,
          category: 'user_api',
          ...kind.bounds,
          ...(kind.words && { valid_values: kind.words }),
        };
      }),
    check: (name, value) => check(name, value).text,
    set: (name, value, by) => setAll(new Map([[name, value]]), by),
    setAll,
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
  } catch (error) {
    throw new Error(
      `The stored setting ${name} will not do: ${sentenceOf(error)} Correct it in the database, or delete it there to have the default, then start again.`,
    );
  }
}
