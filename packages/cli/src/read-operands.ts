import { CliError, EXIT } from './exit-codes.ts';
import { readSite } from './read-site.ts';
import { KNOWN_SCOPES } from './site/known-scopes.ts';

/** Returns the one site that a command requires. @throws CliError 2 if there is none, or more arguments than that */
export function readRequiredSite(command: string, operands: readonly string[]): string {
  const [site, ...others] = operands;
  if (site === undefined) throw new CliError(EXIT.usage, `Name one site: valetkey ${command} <site>`);
  checkNoOthers(others);
  return readSite(site);
}

/** @throws CliError 2 that names the additional arguments */
export function checkNoOthers(others: readonly string[]): void {
  if (others.length === 0) return;
  const isScopes = others.every((word) => Object.hasOwn(KNOWN_SCOPES, word.replace(/,$/, '')));
  const advice = isScopes ? 'Separate scopes with commas: --scopes read,write' : 'Name one site.';
  throw new CliError(EXIT.usage, `Unexpected arguments: “${others.join(' ')}”. ${advice}`);
}
