import { EXIT, Failure } from './exit-codes.ts';
import type { Choice } from './keys/pick-entry.ts';
import { readSite } from './read-site.ts';

/** Which key is meant by `[site]` and `--as`. @throws Failure 2 if there are more words than that */
export function readChoice(operands: readonly string[], name: string | undefined): Choice {
  const [site, ...others] = operands;
  if (others.length > 0)
    throw new Failure(EXIT.usage, `One site at a time; “${others.join(' ')}” is too much.`);
  return { site: site === undefined ? null : readSite(site), name: name ?? null };
}
