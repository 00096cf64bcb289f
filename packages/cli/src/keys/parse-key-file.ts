import type { KeyEntry } from './key-entry.ts';

/** What the key file holds. */
export interface KeyFileContent {
  /** Random; what this installation's client ids are made from. Null until one is wanted. */
  readonly secret: string | null;
  readonly keys: readonly KeyEntry[];
}

/**
 * Version 1 had one key per site, always in the file, and said no version. Up to version 2 all sites were told one client
 * id; the keys of that time keep theirs.
 */
export const KEY_FILE_VERSION = 3;

/** Reads the file's text, of this version or an earlier one; null if it is something else, which must not be overwritten. */
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
  // A site names an entry of version 1, which had no other of the same site.
  const { site, clientId, scopes, key, id = site } = entry;
  const isWhole =
    [site, clientId, id].every((field) => typeof field === 'string') &&
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
    clientId: clientId as string,
    scopes: scopes.map(String),
    expiresAt: text(expiresAt),
    key,
  };
}
