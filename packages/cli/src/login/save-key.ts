import { createConnection, type FetchOptions, SiteRefusal, ValetkeyError } from '@valetkey/client';
import { labelOf } from '../keys/key-entry.ts';
import type { HeldKey, KeyRing, NewKey } from '../keys/key-ring.ts';
import { isTimeout } from '../network.ts';
import { printable } from '../terminal/printable.ts';
import { writeProfile } from './mcp-profile.ts';
import type { Report } from './report.ts';

/** Where a key goes, and how its arrival is told. */
export interface SaveKeyOptions {
  readonly ring: KeyRing;
  readonly network: FetchOptions;
  readonly profileFile: string | undefined;
  readonly report: Report;
}

/** Kept before anything else is asked of the site: an approved key that nobody holds could not even be revoked. */
export async function saveKey(granted: NewKey, options: SaveKeyOptions): Promise<void> {
  const { ring, network, profileFile } = options;
  const entry = await ring.add(granted).catch(async (error: unknown) => {
    // Nobody would hold it, and nobody could revoke it any more: so without the signal, which may have ended the keeping.
    await revoke(granted, { fetch: network.fetch });
    throw error;
  });
  console.error(
    entry.key === null
      ? 'The key is stored in the system keychain.'
      : `The key is stored in ${ring.path}, readable by you alone; no system keychain is available.`,
  );
  const username = await findUsername(granted, network);
  // The site has replaced these if they were for the same person and client; if not, nobody here could use them any more.
  for (const earlier of await ring.settle(entry.id, username)) await revoke(earlier, network);
  const named = { ...granted, username };
  options.report.end(say(named), toEvent(named, entry.key === null));
  // Last, for whatever becomes of it, there is a key, and it is known where.
  if (profileFile === undefined) return;
  writeProfile(profileFile, granted);
  console.error(`Also written to ${profileFile}: npx @discourse/mcp --profile ${profileFile}`);
}

/** As well as it can be done: what the site does not hear now, it hears of from nobody. */
async function revoke(held: HeldKey, network: FetchOptions): Promise<void> {
  await createConnection({ ...held, ...network })
    .revoke()
    .catch(() => {});
}

/** Null if the site does not tell a key of these scopes. */
async function findUsername(granted: NewKey, network: FetchOptions): Promise<string | null> {
  try {
    const { username } = await createConnection({ ...granted, ...network }).whoami();
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

/** Stable: programs read it. Never with the key. */
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
