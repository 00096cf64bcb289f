import { readFileSync } from 'node:fs';

const contract = readFileSync(new URL('../../docs/PROTOCOL.md', import.meta.url), 'utf8');

/** The text of a section of the contract, as this house has it; throws if there is none of this number. */
export function readSection(number: number): string {
  const text = contract.split(/^## /m).find((section) => section.startsWith(`${number}. `));
  if (text === undefined) throw new Error(`docs/PROTOCOL.md has no section ${number}.`);
  return text;
}

/** The names that the rows of its tables begin with. */
export const rowsOf = (section: string): string[] =>
  [...section.matchAll(/^\| `([^`]+)` *\|/gm)].map(([, name = '']) => name);

/** Whatever it names as code. */
export const namesIn = (section: string): string[] =>
  [...section.matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => name);
