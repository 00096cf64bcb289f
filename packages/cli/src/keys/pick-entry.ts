import { listSiteCandidates } from '@valetkey/client';
import { CliError, EXIT } from '../exit-codes.ts';
import { suggest } from '../suggest.ts';
import { isEnvironmentKey } from './environment-key.ts';
import { type KeyEntry, labelOf } from './key-entry.ts';

/** The key that a command uses; null where the user did not specify. */
export interface Choice {
  /** The URL of a site, or of one of its pages. */
  readonly site: string | null;
  /** A name given with `--as` at login, or a user name. */
  readonly name: string | null;
}

/**
 * Returns the key that matches, or the only one. Without a name, `VALETKEY_KEY` has priority on its site.
 *
 * @throws CliError 4 if none matches, 2 if several do
 */
export function pickEntry(entries: readonly KeyEntry[], { site, name }: Choice): KeyEntry {
  const ofSite = site === null ? entries : findEntriesOf(entries, site);
  const fromEnvironment = name === null ? ofSite.find(isEnvironmentKey) : undefined;
  if (fromEnvironment) return fromEnvironment;
  const wanted = name === null ? ofSite : ofSite.filter((entry) => labelOf(entry) === name);
  const [only, ...others] = wanted;
  if (!only) throw new CliError(EXIT.notLoggedIn, sayNone({ site, name }, ofSite, entries));
  if (others.length > 0) throw new CliError(EXIT.usage, saySeveral(wanted));
  return only;
}

/** Returns the keys of the site that a URL belongs to, such as the URL of a topic copied from the browser. */
export function findEntriesOf(entries: readonly KeyEntry[], url: string): readonly KeyEntry[] {
  const matches = listSiteCandidates(url).map((site) => entries.filter((entry) => entry.site === site));
  return matches.find(({ length }) => length > 0) ?? [];
}

function sayNone({ site, name }: Choice, ofSite: readonly KeyEntry[], all: readonly KeyEntry[]): string {
  const who = name === null ? '' : ` as ${name}`;
  const option = name === null ? '' : ` --as ${name}`;
  const hint =
    ofSite.length > 0
      ? sayNames(name ?? '', ofSite)
      : suggest(
          site ?? '',
          all.map((entry) => entry.site),
        );
  return `You are not logged in to ${site ?? 'any site'}${who}.${hint} Log in with: valetkey login ${site ?? '<site>'}${option}`;
}

const sayNames = (name: string, entries: readonly KeyEntry[]): string =>
  `${suggest(name, entries.map(labelOf))} Your identities there: ${listLabels(entries)}.`;

const listLabels = (entries: readonly KeyEntry[]): string => [...new Set(entries.map(labelOf))].join(', ');

function saySeveral(entries: readonly KeyEntry[]): string {
  const sites = [...new Set(entries.map(({ site }) => site))];
  return sites.length > 1
    ? `You are logged in to several sites. Name one of them, for “valetkey request” with --site: ${sites.join(', ')}`
    : `You have several keys for ${sites[0]}. Select one with --as: ${listLabels(entries)}`;
}
