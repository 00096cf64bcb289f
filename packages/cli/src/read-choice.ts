import { CliError, EXIT } from './exit-codes.ts';
import type { Choice } from './keys/pick-entry.ts';
import { readSite } from './read-site.ts';

/** Which key is meant by `[site]` and `--as`. @throws Failure 2 if there are more words than that */
export function readChoice(operands: readonly string[], name: string | undefined): Choice {
  const [site, ...others] = operands;
  if (others.length > 0)
    throw new CliError(EXIT.usage, `Unexpected arguments: “${others.join(' ')}”. Name one site.`);
  return { site: site === undefined ? null : readSite(site), name: name ?? null };
}
