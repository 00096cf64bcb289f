import type { KeyEntry } from './key-entry.ts';

/** The content of the key file. */
export interface KeyFileContent {
  /** Random secret from which client ids are derived. Null until it is needed. */
  readonly secret: string | null;
  readonly keys: readonly KeyEntry[];
}

/**
 * Version 1 had one key per site, in the file, and no version field. Up to version 2, all sites received the same
 * client id; keys of that time keep it.
 */
export const KEY_FILE_VERSION = 3;

/**
 * Parses the file, of this version or an earlier one. Returns null for anything else, which must not be overwritten.
 */
export function parseKeyFile(text: string): KeyFileContent | null {
  try {
    const { version = 1, clientId, secret = null, keys } = JSON.parse(text);
    const isKnown =
      version === KEY_FILE_VERSION || ([1, 2].includes(version) && typeof clientId === 'string');
    if (!isKnown || !isTextOrNull(secret)) return null;
    const entries: (KeyEntry | null)[] = keys.map(parseEntry);
    return entries.includes(null) ? null : { secret, keys: entries as KeyEntry[] };
  } catch {
    return null;
  }
}

const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';

function parseEntry(entry: Readonly<Record<string, unknown>>): KeyEntry | null {
  // Entries of version 1 have no id; their site is unique.
  const { site, clientId, scopes, key, id = site } = entry;
  const isWhole =
    [site, id].every((field) => typeof field === 'string') &&
    isTextOrNull(clientId) &&
    isTextOrNull(key) &&
    Array.isArray(scopes);
  if (!isWhole) return null;
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const { name, username, expiresAt } = entry;
  return {
    id: id as string,
    site: site as string,
    name: text(name),
    username: text(username),
    clientId,
    scopes: scopes.map(String),
    expiresAt: text(expiresAt),
    key,
  };
}
