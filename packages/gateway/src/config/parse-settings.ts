import { ValetkeyError } from '@valetkey/protocol';
import { describeError } from '@valetkey/protocol/messages';
import { checkSetting } from '@valetkey/server';
import type { YamlValue } from './yaml-value.ts';

/**
 * Returns the settings as text. Apps may request every scope of the configuration, unless
 * `allow_user_api_key_scopes` says otherwise.
 */
export function parseSettings(value: YamlValue | undefined, scopes: readonly string[]): Map<string, string> {
  const settings = new Map([['allow_user_api_key_scopes', scopes.join('|')]]);
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
