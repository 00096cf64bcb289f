import { type KeyEntry, labelOf } from '../keys/key-entry.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { printable } from '../terminal/printable.ts';
import { toJson } from '../terminal/to-json.ts';

/** Every key, without asking any site. @param now milliseconds since 1970 */
export function listKeys(isJson: boolean, now: number): void {
  const ring = openKeyRing();
  const entries = ring.list();
  if (isJson) {
    console.log(
      toJson(
        entries.map((entry) => ({ ...shapeOf(entry), expired: isExpired(entry, now) })),
        2,
      ),
    );
    return;
  }
  if (entries.length === 0) console.error('No keys here yet. Get one with: valetkey login <site>');
  for (const entry of entries) {
    const { site, username, name, scopes } = entry;
    const who = name !== null && username !== null ? `${name} (${username})` : labelOf(entry);
    console.log(
      printable(`${site}  ${who}  ${scopes.join(',')}  ${sayExpiry(entry, now)}  in the ${placeOf(entry)}`),
    );
  }
  if (entries.length > 0) console.error(`Listed in ${ring.path}`);
}

const isExpired = ({ expiresAt }: KeyEntry, now: number): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= now;

function sayExpiry(entry: KeyEntry, now: number): string {
  if (entry.expiresAt === null) return 'no expiry';
  return isExpired(entry, now) ? `EXPIRED ${entry.expiresAt}` : entry.expiresAt;
}

const placeOf = ({ key }: KeyEntry): 'keychain' | 'file' => (key === null ? 'keychain' : 'file');

/** Stable: programs read it. Never with the key. */
const shapeOf = (entry: KeyEntry) => ({
  site: entry.site,
  identity: labelOf(entry),
  username: entry.username,
  client_id: entry.clientId,
  scopes: entry.scopes,
  expires_at: entry.expiresAt,
  kept_in: placeOf(entry),
});
