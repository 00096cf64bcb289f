import type { Choice } from './keys/pick-entry.ts';
import { checkNoOthers } from './read-operands.ts';
import { readSite } from './read-site.ts';

/**
 * Returns the key that `[site]` and `--as` select. Without `[site]`, `VALETKEY_SITE` selects it. @throws CliError 2
 * if there are more arguments
 */
export function readChoice(operands: readonly string[], name: string | undefined): Choice {
  const [typed, ...others] = operands;
  checkNoOthers(others);
  const site = typed ?? (process.env.VALETKEY_SITE?.trim() || undefined);
  return { site: site === undefined ? null : readSite(site), name: name ?? null };
}
