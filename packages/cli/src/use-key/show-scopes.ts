import { createConnection, listScopes, type SiteScope } from '@valetkey/client';
import { type KeyEntry, labelOf } from '../keys/key-entry.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { findEntriesOf, pickEntry } from '../keys/pick-entry.ts';
import { findNamedSite } from '../login/find-named-site.ts';
import { networkOptions } from '../network.ts';
import { readChoice } from '../read-choice.ts';
import { findCurrentKey } from '../site/find-current-key.ts';
import { findOfferedScopes } from '../site/find-offered-scopes.ts';
import { KNOWN_SCOPES } from '../site/known-scopes.ts';
import { buildPrecheckUrl } from '../site/precheck-url.ts';
import { printable } from '../terminal/printable.ts';
import { toJson } from '../terminal/to-json.ts';

/** Prints the scopes that a site grants, and marks those of the stored key. */
export async function showScopes(
  operands: readonly string[],
  { as, json }: { readonly as?: string | undefined; readonly json: boolean },
  signal: AbortSignal,
): Promise<void> {
  const network = networkOptions(signal);
  const ring = openKeyRing(signal);
  const choice = readChoice(operands, as);
  const isKnown = choice.site !== null && findEntriesOf(ring.list(), choice.site).length > 0;
  // Without a key, only the scopes of the site are shown.
  const entry = choice.site === null || as !== undefined || isKnown ? pickEntry(ring.list(), choice) : null;
  const site = entry?.site ?? (await findNamedSite(choice.site ?? '', network)).site;
  const listed = await listScopes(site, network);
  const request = { url: buildPrecheckUrl(site, 'valetkey scopes') };
  const offered = listed?.map(({ name }) => name) ?? (await findOfferedScopes(request, network));
  const held = entry && (await scopesOf(entry));
  const sentences = sentencesOf(listed);
  if (json) {
    const shown = offered && Object.fromEntries(offered.map((name) => [name, sentences.get(name) ?? null]));
    console.log(toJson({ site, offered, sentences: shown, key: entry && shapeOf(entry, held) }, 2));
  } else print({ site, offered, sentences }, entry, held ?? []);

  async function scopesOf(chosen: KeyEntry): Promise<readonly string[]> {
    const connection = createConnection({ ...(await ring.reveal(chosen)), ...network });
    return (await findCurrentKey(connection))?.scopes ?? chosen.scopes;
  }
}

/** Stable: programs read it. */
const shapeOf = (entry: KeyEntry, scopes: readonly string[] | null) => ({ identity: labelOf(entry), scopes });

/** Our own sentences describe the scopes of Discourse, so the list of a site replaces all of them. */
const sentencesOf = (listed: readonly SiteScope[] | null): ReadonlyMap<string, string> =>
  new Map(listed?.map(({ name, sentence }) => [name, sentence]) ?? Object.entries(KNOWN_SCOPES));

interface ShownSite {
  readonly site: string;
  readonly offered: readonly string[] | null;
  readonly sentences: ReadonlyMap<string, string>;
}

function print(
  { site, offered, sentences }: ShownSite,
  entry: KeyEntry | null,
  held: readonly string[],
): void {
  if (offered === null) console.error(printable(`${site} does not reveal its scopes before sign-in.`));
  const names = [...new Set([...(offered ?? []), ...held])];
  const width = Math.max(0, ...names.map((name) => name.length));
  for (const name of names) {
    const mark = held.includes(name) ? '*' : ' ';
    const isGone = offered !== null && !offered.includes(name) ? ' (no longer granted)' : '';
    console.log(printable(`${mark} ${name.padEnd(width)}  ${sentences.get(name) ?? ''}${isGone}`.trimEnd()));
  }
  if (entry) console.error(printable(`* has the key of ${labelOf(entry)} on ${site}`));
}
