import { createConnection, SiteRefusal } from '@valetkey/client';
import { isEnvironmentKey } from '../keys/environment-key.ts';
import { type KeyEntry, labelOf } from '../keys/key-entry.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { networkOptions } from '../network.ts';
import { printable } from '../terminal/printable.ts';
import { toJson } from '../terminal/to-json.ts';

/**
 * Prints every key. Asks a site only about a key whose expiry has passed by the local clock: that clock may be wrong, so
 * the site decides whether the key has expired.
 *
 * @param now milliseconds since 1970
 */
export async function listKeys(isJson: boolean, now: number, signal: AbortSignal): Promise<void> {
  const ring = openKeyRing(signal);
  const entries = ring.list();
  const expired = new Set(
    await Promise.all(
      entries.map(async (entry) =>
        isPast(entry, now) && (await isExpired(entry, ring, signal)) ? entry : null,
      ),
    ),
  );
  if (isJson) {
    console.log(
      toJson(
        entries.map((entry) => ({ ...shapeOf(entry), expired: expired.has(entry) })),
        2,
      ),
    );
    return;
  }
  if (entries.length === 0) console.error('No keys yet. Get one with: valetkey login <site>');
  for (const line of align(entries.map((entry) => describe(entry, expired.has(entry)))))
    console.log(printable(line));
  if (entries.length > 0) console.error(`Key file: ${ring.path}`);
}

function describe(entry: KeyEntry, isExpired: boolean): readonly string[] {
  const { site, username, name, scopes, expiresAt } = entry;
  const who = name !== null && username !== null ? `${name} (${username})` : labelOf(entry);
  const until = expiresAt === null ? 'no expiry' : `until ${expiresAt}`;
  const expiry = isExpired ? `EXPIRED ${expiresAt}` : until;
  const storage = storageOf(entry);
  return [site, who, scopes.join(','), expiry, `in the ${storage}`];
}

/** Pads each column to its longest cell. */
function align(rows: readonly (readonly string[])[]): readonly string[] {
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((word, column) => word.padEnd(widthOf(column)))
      .join('  ')
      .trimEnd(),
  );
}

const isPast = ({ expiresAt }: KeyEntry, now: number): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= now;

/** Whether the site says so. A site that cannot be reached says nothing. */
async function isExpired(entry: KeyEntry, ring: KeyRing, signal: AbortSignal): Promise<boolean> {
  try {
    const held = await ring.reveal(entry);
    await createConnection({ ...held, scopes: entry.scopes, ...networkOptions(signal) }).whoami();
    return false;
  } catch (error) {
    signal.throwIfAborted();
    // Discourse has no codes: there, a rejected key whose expiry has passed is taken as expired.
    return (
      error instanceof SiteRefusal &&
      (error.code ?? 'key_expired') === 'key_expired' &&
      error.isKeyInactive === true
    );
  }
}

function storageOf(entry: KeyEntry): 'environment' | 'keychain' | 'file' {
  if (isEnvironmentKey(entry)) return 'environment';
  return entry.key === null ? 'keychain' : 'file';
}

/** Stable: programs read it. Without the key. */
const shapeOf = (entry: KeyEntry) => ({
  site: entry.site,
  identity: labelOf(entry),
  username: entry.username,
  client_id: entry.clientId,
  scopes: entry.scopes,
  expires_at: entry.expiresAt,
  kept_in: storageOf(entry),
});
