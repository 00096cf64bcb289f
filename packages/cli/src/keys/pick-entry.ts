import { CliError, EXIT } from '../exit-codes.ts';
import { type KeyEntry, labelOf } from './key-entry.ts';

/** Which key a command is about; null where the person did not say. */
export interface Choice {
  readonly site: string | null;
  /** A name given with `--as` at login, or a user name. */
  readonly name: string | null;
}

/**
 * The one key that was meant, or the only one there is.
 *
 * @throws Failure 4 if there is none, 2 if it is not clear which
 */
export function pickEntry(entries: readonly KeyEntry[], { site, name }: Choice): KeyEntry {
  const ofSite = entries.filter((entry) => site === null || entry.site === site);
  const wanted = name === null ? ofSite : ofSite.filter((entry) => labelOf(entry) === name);
  const [only, ...others] = wanted;
  if (!only) throw new CliError(EXIT.notLoggedIn, sayNone(site, name, ofSite));
  if (others.length > 0) throw new CliError(EXIT.usage, saySeveral(wanted));
  return only;
}

function sayNone(site: string | null, name: string | null, ofSite: readonly KeyEntry[]): string {
  const who = name === null ? '' : ` as ${name}`;
  const known = name === null ? '' : sayKnown(ofSite);
  const option = name === null ? '' : ` --as ${name}`;
  return `You are not logged in to ${site ?? 'any site'}${who}.${known} Log in with: valetkey login ${site ?? '<site>'}${option}`;
}

const sayKnown = (entries: readonly KeyEntry[]): string =>
  entries.length === 0 ? '' : ` There you are: ${listLabels(entries)}.`;

const listLabels = (entries: readonly KeyEntry[]): string => [...new Set(entries.map(labelOf))].join(', ');

function saySeveral(entries: readonly KeyEntry[]): string {
  const sites = [...new Set(entries.map(({ site }) => site))];
  return sites.length > 1
    ? `You are logged in to several sites. Name one of them: ${sites.join(', ')}`
    : `You have several keys for ${sites[0]}. Select one with --as: ${listLabels(entries)}`;
}
