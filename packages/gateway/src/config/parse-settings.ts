import { ValetkeyError } from '@valetkey/protocol';
import { describeError } from '@valetkey/protocol/messages';
import { checkSetting } from '@valetkey/server';
import type { YamlValue } from './yaml-value.ts';

/** Returns the settings as text. */
export function parseSettings(value: YamlValue | undefined): Map<string, string> {
  const settings = new Map<string, string>();
  for (const [name, field] of value?.fields() ?? []) {
    try {
      settings.set(name, checkSetting(name, field.data()));
    } catch (error) {
      if (!(error instanceof ValetkeyError)) throw error;
      field.fail(
        describeError(error.code, error.details).sentence,
        'PROTOCOL.md#settings lists all settings.',
      );
    }
  }
  return settings;
}
