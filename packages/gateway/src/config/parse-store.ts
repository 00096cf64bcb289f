import { resolve } from 'node:path';
import type { StoreConfig } from './gateway-config.ts';
import { readSecret, type SecretSources } from './read-secret.ts';
import type { YamlValue } from './yaml-value.ts';

const POSTGRES = ['postgres:', 'postgresql:'];
const VALKEY = ['redis:', 'rediss:'];

/** Returns where keys are stored: in a folder, or in PostgreSQL by its URL or the secret that contains it. */
export function parseStore(value: YamlValue, sources: SecretSources): StoreConfig {
  if (value.isMap()) return { kind: 'postgres', url: readUrl(value, sources, POSTGRES) };
  const text = value.text();
  if (/^postgres(?:ql)?:\/\//.test(text)) return { kind: 'postgres', url: readUrl(value, sources, POSTGRES) };
  if (/^[a-z]+:\/\//.test(text))
    value.fail(
      'This kind of store is unknown.',
      'Write the path of a folder, ./valetkey-data, or postgres://….',
    );
  return { kind: 'sqlite', folder: resolve(sources.folder, text) };
}

/** Returns the URL of Valkey or Redis; null if each gateway counts by itself. */
export const parseValkey = (value: YamlValue | undefined, sources: SecretSources): string | null =>
  value ? readUrl(value, sources, VALKEY) : null;

function readUrl(value: YamlValue, sources: SecretSources, protocols: readonly string[]): string {
  const isSecret = value.isMap();
  const text = isSecret ? readSecret(value, sources) : value.text();
  const url = URL.parse(text);
  // The text may contain a password, so no message quotes it.
  if (url === null || !protocols.includes(url.protocol))
    return value.fail(
      `${value.path} is not a URL of this kind.`,
      `Write ${protocols[0]}//host/name, or { env: NAME }.`,
    );
  if (!isSecret && url.password !== '')
    value.fail(`${value.path} contains a password.`, 'Write { env: NAME } or { file: PATH } instead.');
  return text;
}
