import { CliError, EXIT } from '../exit-codes.ts';
import { readSite } from '../read-site.ts';
import type { KeyEntry } from './key-entry.ts';

const NAME = 'VALETKEY_KEY';

/**
 * Returns the key in `VALETKEY_KEY`, which belongs to the site in `VALETKEY_SITE`; null if there is none.
 *
 * @throws CliError 2 if the site is missing or the key is not one; the message does not repeat it
 */
export function readEnvironmentKey(env: Readonly<Record<string, string | undefined>>): KeyEntry | null {
  const { VALETKEY_KEY, VALETKEY_SITE } = env;
  if (!VALETKEY_KEY?.trim()) return null;
  // Never guessed: a mistyped argument must not send the key to another site.
  if (!VALETKEY_SITE?.trim())
    throw new CliError(EXIT.usage, 'Set VALETKEY_SITE to the site that VALETKEY_KEY belongs to.');
  return {
    id: NAME,
    site: readSite(VALETKEY_SITE.trim()),
    name: NAME,
    username: null,
    clientId: null,
    scopes: [],
    expiresAt: null,
    key: parseKey(VALETKEY_KEY, NAME),
  };
}

export const isEnvironmentKey = ({ id }: Pick<KeyEntry, 'id'>): boolean => id === NAME;

/**
 * Returns a key without surrounding white space.
 *
 * @param source names the origin of the key in the error message
 * @throws CliError 2 if it contains other characters than a key may have
 */
export function parseKey(text: string, source: string): string {
  const key = text.trim();
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new CliError(EXIT.usage, `${source} does not contain a key. A key is one line without spaces.`);
}
