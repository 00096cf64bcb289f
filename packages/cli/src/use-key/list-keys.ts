import { type KeyEntry, labelOf } from '../keys/key-entry.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { printable } from '../terminal/printable.ts';
import { toJson } from '../terminal/to-json.ts';

/** Every key, without asking any site. */
export function listKeys(isJson: boolean): void {
  const ring = openKeyRing();
  const entries = ring.list();
  if (isJson) {
    console.log(toJson(entries.map(shapeOf), 2));
    return;
  }
  if (entries.length === 0) console.error('No keys here yet. Get one with: valetkey login <site>');
  for (const entry of entries) {
    const { site, username, name, scopes, expiresAt } = entry;
    const who = name !== null && username !== null ? `${name} (${username})` : labelOf(entry);
    console.log(
      printable(
        `${site}  ${who}  ${scopes.join(',')}  ${expiresAt ?? 'no expiry'}  in the ${placeOf(entry)}`,
      ),
    );
  }
  if (entries.length > 0) console.error(`Listed in ${ring.path}`);
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
