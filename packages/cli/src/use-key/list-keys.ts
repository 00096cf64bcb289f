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
  if (entries.length === 0) console.error('No keys yet. Get one with: valetkey login <site>');
  for (const line of align(entries.map((entry) => describe(entry, now)))) console.log(printable(line));
  if (entries.length > 0) console.error(`Key file: ${ring.path}`);
}

function describe(entry: KeyEntry, now: number): readonly string[] {
  const { site, username, name, scopes, expiresAt } = entry;
  const who = name !== null && username !== null ? `${name} (${username})` : labelOf(entry);
  const until = expiresAt === null ? 'no expiry' : `until ${expiresAt}`;
  const expiry = isExpired(entry, now) ? `EXPIRED ${expiresAt}` : until;
  return [site, who, scopes.join(','), expiry, `in the ${placeOf(entry)}`];
}

/** Lines in which each column is as wide as its longest word. */
function align(rows: readonly (readonly string[])[]): readonly string[] {
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((word, column) => word.padEnd(widthOf(column)))
      .join('  ')
      .trimEnd(),
  );
}

const isExpired = ({ expiresAt }: KeyEntry, now: number): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= now;

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
