import { ValetkeyError } from '@valetkey/protocol';
import { describeReason } from '@valetkey/protocol/messages';
import { createAuditEventFactory } from '../core/audit/audit-event-factory.ts';
import type { MaybePromise } from '../core/maybe-promise.ts';
import { InvalidValue } from '../core/reason.ts';
import { checkPushesOverHttps } from '../core/settings/check-pushes-over-https.ts';
import {
  type SettingDefaults,
  type SettingName,
  type Settings,
  settingTable,
} from '../core/settings/setting-table.ts';
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
  /** The minimum and maximum of an integer. */
  readonly min?: number;
  readonly max?: number;
  /** The options of a choice. */
  readonly valid_values?: readonly string[];
}

/** The user who changes a setting and their IP address, for the audit log. */
export interface SettingChanger {
  readonly userId: string;
  readonly ipAddress: string;
}

/** The site's settings. A change applies from the next request on. */
export interface SettingsRegistry {
  current(): Settings;
  /** Increases whenever a value changes. */
  readonly version: number;
  /**
   * Loads the settings from the store again, after another node changed them.
   *
   * @throws Error that names the setting, if a stored value is invalid; the current values stay then
   */
  reload(): Promise<void>;
  list(): SettingRow[];
  /**
   * Returns the value as text, as it would be stored; changes nothing. `set` uses the same parser.
   *
   * @throws ValetkeyError `setting_unknown`; `setting_invalid` with a `reason` code
   */
  check(name: string, value: unknown): string;
  /**
   * Validates the value, stores it together with its audit event, and applies it.
   *
   * @param by who changes it; omitted if the program does
   * @throws ValetkeyError `setting_unknown`; `setting_invalid` with a `reason` code; nothing is changed then
   */
  set(name: string, value: unknown, by?: SettingChanger): Promise<void>;
  /** Changes several settings atomically: all of them, or none if one is invalid. */
  setAll(changes: ReadonlyMap<string, unknown>, by?: SettingChanger): Promise<void>;
  /**
   * Adds an item to a list, unless the list has it. Concurrent calls lose no item.
   *
   * @throws ValetkeyError `setting_invalid` with a `reason` code; nothing is changed then
   */
  addItem(name: ListSettingName, item: string, by?: SettingChanger): Promise<void>;
  /**
   * Adds and removes items of a list. Concurrent calls lose no item. Nothing is stored if the list stays as it is.
   *
   * @throws ValetkeyError `setting_invalid` with a `reason` code; nothing is changed then
   */
  changeItems(name: ListSettingName, change: ItemChange, by?: SettingChanger): Promise<void>;
}

/** The items to add to a list, and those to remove from it. */
export interface ItemChange {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** The name of a setting that is a list. */
export type ListSettingName = {
  [Name in SettingName]: Settings[Name] extends readonly string[] ? Name : never;
}[SettingName];

const names = Object.keys(settingTable) as SettingName[];

interface SettingsOptions {
  /** Replaces defaults of the table. */
  readonly defaults?: SettingDefaults | undefined;
  readonly pushesOverHttp?: boolean | undefined;
  /** Notifies other nodes that this setting has changed. Must not throw. */
  readonly publish?: (name: string) => MaybePromise<void>;
}

/**
 * Loads the stored settings. Throws on an invalid stored value instead of falling back to the default, which may be
 * less restrictive.
 *
 * @throws Error that names the setting and says how to correct it
 */
export async function createSettings(
  store: Pick<Store, 'listSettings' | 'saveSettings'>,
  now: () => number,
  { defaults = {}, pushesOverHttp = false, publish }: SettingsOptions = {},
): Promise<SettingsRegistry> {
  const initial = applyDefaults(defaults);
  let values = await readStored(store, initial);
  let version = 1;

  function replaceValues(changed: Settings): void {
    if (names.every((name) => formatOf(name, changed) === formatOf(name, values))) return;
    values = changed;
    version += 1;
  }

  const check = (name: string, value: unknown) => readSetting(name, value, pushesOverHttp);

  async function save(changes: ReadonlyMap<string, unknown>, by?: SettingChanger): Promise<void> {
    const checked = [...changes].map(([name, value]) => check(name, value));
    const audit =
      by &&
      createAuditEventFactory<string>('setting_changed', (name) => ({ subject: name }), {
        actor: { id: by.userId },
        request: by,
        provider: { now },
      });
    await store.saveSettings(new Map(checked.map(({ name, text }) => [name, text])), audit);
    replaceValues({ ...values, ...Object.fromEntries(checked.map(({ name, parsed }) => [name, parsed])) });
    for (const { name } of checked) await publish?.(name);
  }

  // Serialized, so that the values in memory always equal the last stored ones.
  let last: Promise<unknown> = Promise.resolve();
  function afterLast(work: () => Promise<void>): Promise<void> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }
  const setAll: SettingsRegistry['setAll'] = (...change) => afterLast(() => save(...change));
  const changeItems: SettingsRegistry['changeItems'] = (name, { add = [], remove = [] }, by) =>
    afterLast(async () => {
      const kept = values[name].filter((item) => !remove.includes(item));
      const items = [...kept, ...add.filter((item) => !kept.includes(item))];
      if (items.join('\n') !== values[name].join('\n')) await save(new Map([[name, items]]), by);
    });

  return {
    current: () => values,
    get version() {
      return version;
    },
    reload: () => afterLast(async () => replaceValues(await readStored(store, initial))),
    list: () =>
      names.map((name) => {
        const { description } = settingTable[name];
        const kind = kindOf(name);
        return {
          setting: name,
          value: kind.format(values[name]),
          default: formatOf(name, initial),
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
    addItem: (name, item, by) => changeItems(name, { add: [item] }, by),
    changeItems,
  };
}

/** @throws ValetkeyError `setting_unknown`, `setting_invalid`: also for defaults of JavaScript code, which no type checks */
function applyDefaults(defaults: SettingDefaults): Settings {
  const unknown = Object.keys(defaults).find((name) => !isSettingName(name));
  if (unknown !== undefined) throw new ValetkeyError('setting_unknown', { setting: unknown });
  return Object.fromEntries(
    names.map((name) => [
      name,
      defaults[name] === undefined ? settingTable[name].initial : parseSetting(name, defaults[name], true),
    ]),
  ) as Settings;
}

/**
 * Returns the value of a setting as text, as it would be stored, for programs that check a configuration before they
 * open a store.
 *
 * @throws ValetkeyError `setting_unknown`; `setting_invalid` with a `reason` code
 */
export const checkSetting = (name: string, value: unknown): string => readSetting(name, value, false).text;

function readSetting(name: string, value: unknown, pushesOverHttp: boolean) {
  if (!isSettingName(name)) throw new ValetkeyError('setting_unknown', { setting: name });
  const parsed = parseSetting(name, value, pushesOverHttp);
  return { name, parsed, text: kindOf(name).format(parsed) };
}

async function readStored(store: Pick<Store, 'listSettings'>, initial: Settings): Promise<Settings> {
  const stored = await store.listSettings();
  return Object.fromEntries(
    names.map((name) => {
      const text = stored.get(name);
      return [name, text === undefined ? initial[name] : parseStored(name, text)];
    }),
  ) as Settings;
}

const formatOf = (name: SettingName, values: Settings): string => kindOf(name).format(values[name]);

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingTable, name);
}

/** The table pairs each type with its values; TypeScript loses that pairing in a lookup by name. */
function kindOf(name: SettingName): SettingType<unknown> {
  return settingTable[name].kind as SettingType<unknown>;
}

function parseSetting(name: SettingName, value: unknown, pushesOverHttp: boolean): unknown {
  try {
    const parsed = kindOf(name).parse(value);
    if (!pushesOverHttp) checkPushesOverHttps(name, parsed);
    return parsed;
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    throw new ValetkeyError('setting_invalid', { ...error.why, setting: name });
  }
}

function parseStored(name: SettingName, stored: string): unknown {
  try {
    return kindOf(name).parse(stored);
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    throw new Error(
      `Invalid stored value for the setting ${name}: ${describeReason(error.why)}. Correct it in the database, or delete it there to have the default, then start again.`,
    );
  }
}
