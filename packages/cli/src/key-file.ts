import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { randomToken } from '@valetkey/client';
import { EXIT, Failure } from './exit-codes.ts';

/** A key that is kept for a site. */
export interface StoredKey {
  readonly site: string;
  readonly key: string;
  readonly clientId: string;
  /** Null if the site did not say. */
  readonly username: string | null;
  readonly scopes: readonly string[];
  /** ISO 8601; null if it does not expire. */
  readonly expiresAt: string | null;
}

interface Content {
  /** Stable for this installation: logging in again replaces the earlier key instead of leaving it behind. */
  readonly clientId: string;
  readonly keys: readonly StoredKey[];
}

const folder = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'valetkey');
const file = join(folder, 'keys.json');

/** Where keys are kept, for people to know. */
export const keyFilePath = file;

function read(): Content {
  const text = readPrivately();
  if (text === null) return { clientId: randomToken(), keys: [] };
  try {
    const { clientId, keys } = JSON.parse(text) as Content;
    if (typeof clientId === 'string' && keys.every(isStoredKey)) return { clientId, keys };
  } catch {
    // Said below: the keys in it may still be wanted, so nothing is overwritten.
  }
  throw unusable();
}

/** Null only if there is no file: one that cannot be read holds keys, and must not be taken for an empty one. */
function readPrivately(): string | null {
  try {
    const text = readFileSync(file, 'utf8');
    // Windows keeps a person's files apart by other means than these bits.
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
      chmodSync(file, 0o600);
      console.error(
        `Others on this computer could read ${file}; now only you can. Log in again if that worries you.`,
      );
    }
    return text;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw unusable();
  }
}

const unusable = (): Failure =>
  new Failure(EXIT.unusable, `${file} cannot be read. Mend it, or move it away and log in again.`);

function isStoredKey(entry: Partial<StoredKey> | null): boolean {
  return (
    [entry?.site, entry?.key, entry?.clientId].every((field) => typeof field === 'string') &&
    Array.isArray(entry?.scopes)
  );
}

/** Written beside and renamed, so that no crash leaves half a file; for its owner alone from the first byte. */
function write(content: Content): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** The client id of this installation, made and kept at the first call. */
export function installationId(): string {
  const content = read();
  write(content);
  return content.clientId;
}

export const listKeys = (): readonly StoredKey[] => read().keys;

export function storeKey(stored: StoredKey): void {
  const { clientId, keys } = read();
  write({ clientId, keys: [...keys.filter(({ site }) => site !== stored.site), stored] });
}

export function forgetKey(site: string): void {
  const { clientId, keys } = read();
  write({ clientId, keys: keys.filter((stored) => stored.site !== site) });
}

/** The key for this site, or the only one there is. @throws Failure 4 if there is none, 2 if it is not clear which */
export function getKey(site: string | null): StoredKey {
  const keys = listKeys();
  const wanted = site === null ? keys : keys.filter((stored) => stored.site === site);
  const [only, ...others] = wanted;
  if (!only) {
    const where = site === null ? 'any site' : site;
    throw new Failure(
      EXIT.notLoggedIn,
      `You are not logged in to ${where}. Log in with: valetkey login ${site ?? '<site>'}`,
    );
  }
  if (others.length > 0) {
    throw new Failure(
      EXIT.usage,
      `You are logged in to several sites. Say which one you mean: ${wanted.map((each) => each.site).join(', ')}`,
    );
  }
  return only;
}
