import { createConnection, type FetchOptions, SiteRefusal, ValetkeyError } from '@valetkey/client';
import { labelOf } from '../keys/key-entry.ts';
import type { HeldKey, KeyRing, NewKey } from '../keys/key-ring.ts';
import { isTimeout } from '../network.ts';
import { printable } from '../terminal/printable.ts';
import { writeProfile } from './mcp-profile.ts';
import type { Report } from './report.ts';

/** Where to store a key, and how to report it. */
export interface SaveKeyOptions {
  readonly ring: KeyRing;
  readonly network: FetchOptions;
  readonly profileFile: string | undefined;
  readonly report: Report;
  /** False for an imported key, which exists elsewhere and stays valid if it cannot be stored. @default true */
  readonly isNew?: boolean;
}

/**
 * Stores a key, finds out its user, and revokes the keys that it replaces. Stores it before any request: a key that was
 * granted but not stored could not be revoked.
 */
export async function saveKey(granted: NewKey, options: SaveKeyOptions): Promise<void> {
  const { ring, network, profileFile, isNew = true } = options;
  const held = { site: granted.site, key: granted.key, clientId: granted.clientId ?? undefined };
  const entry = await ring.add(granted).catch(async (error: unknown) => {
    // Without the signal, which may be the reason why storing failed.
    if (isNew) await revoke(held, { fetch: network.fetch });
    throw error;
  });
  console.error(
    entry.key === null
      ? 'The key is stored in the system keychain.'
      : `The key is stored in ${ring.path}, readable by you alone; no system keychain is available.`,
  );
  const username = await findUsername(held, network);
  // The site has already replaced keys of the same user and client id; the others can no longer be used here.
  for (const earlier of await ring.settle(entry.id, username))
    if (earlier.key !== granted.key) await revoke(earlier, network);
  const named = { ...granted, username };
  options.report.end(say(named), toEvent(named, entry.key === null));
  // Last: if it fails, the key is stored and reported.
  if (profileFile === undefined) return;
  writeProfile(profileFile, granted);
  console.error(`Also written to ${profileFile}: npx @discourse/mcp --profile ${profileFile}`);
}

/** Revokes a key, if the site can be reached. */
async function revoke(held: HeldKey, network: FetchOptions): Promise<void> {
  await createConnection({ ...held, ...network })
    .revoke()
    .catch(() => {});
}

/** Returns null if a key with these scopes may not read its user. */
async function findUsername(held: HeldKey, network: FetchOptions): Promise<string | null> {
  try {
    const { username } = await createConnection({ ...held, ...network }).whoami();
    return username;
  } catch (error) {
    if (error instanceof SiteRefusal || error instanceof ValetkeyError || isTimeout(error)) return null;
    throw error;
  }
}

function say({ username, name, site }: NewKey): string {
  if (username === null)
    return `You are logged in to ${site}, which does not reveal the user to a key with these scopes.`;
  const alias = name === null || name === username ? '' : ` (kept as ${name})`;
  return printable(`You are ${username} on ${site}${alias}.`);
}

/** Stable: programs read it. Without the key. */
const toEvent = (granted: NewKey, isInKeychain: boolean) => ({
  event: 'logged_in',
  site: granted.site,
  identity: labelOf(granted),
  username: granted.username,
  client_id: granted.clientId,
  scopes: granted.scopes,
  expires_at: granted.expiresAt,
  kept_in: isInKeychain ? 'keychain' : 'file',
});
