import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { YamlValue } from './yaml-value.ts';

/** Where secrets are: they are never in the configuration itself. */
export interface SecretSources {
  /** Relative paths start here. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Returns the secret that `{ env: NAME }` or `{ file: PATH }` refers to. @throws ConfigError if there is none */
export function readSecret(value: YamlValue, { folder, environment }: SecretSources): string {
  const fields = value.fields(['env', 'file']);
  const env = fields.get('env');
  const file = fields.get('file');
  if ((env === undefined) === (file === undefined))
    value.fail(`${value.path} has no single source.`, 'Write { env: NAME } or { file: PATH }.');
  if (file) return readConfigFile(file, folder).trim();
  return readEnvironment(env as YamlValue, { environment });
}

/** Returns the value of an environment variable. @throws ConfigError if it is not set */
export function readEnvironment(
  name: YamlValue,
  { environment }: Pick<SecretSources, 'environment'>,
): string {
  const value = environment[name.text()]?.trim() ?? '';
  return value === ''
    ? name.fail(`The environment variable ${name.text()} is not set.`, 'Set it, and start the gateway again.')
    : value;
}

/** Returns the content of a file that the configuration names. @throws ConfigError if it cannot be read */
export function readConfigFile(value: YamlValue, folder: string): string {
  try {
    return readFileSync(resolve(folder, value.text()), 'utf8');
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    return value.fail(
      `${value.path} cannot be read (${code}).`,
      'Correct the path or the permissions of the file.',
    );
  }
}
