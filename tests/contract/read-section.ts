import { readFileSync } from 'node:fs';

const contract = readFileSync(new URL('../../docs/PROTOCOL.md', import.meta.url), 'utf8');

/**
 * Returns the text of one section of the contract, sub-sections included.
 *
 * @param title the text of its heading, of any level
 * @throws Error if no heading has this text
 */
export function readSection(title: string): string {
  const heading = [...contract.matchAll(/^(#+) (.+)$/gm)].find(([, , text]) => text === title);
  if (!heading) throw new Error(`docs/PROTOCOL.md has no section "${title}".`);
  const [line, level = ''] = heading;
  const rest = contract.slice(heading.index + line.length);
  return rest.split(new RegExp(`^#{1,${level.length}} `, 'm'))[0] ?? '';
}

/** Returns the names in the first column of the section's tables. */
export const rowsOf = (section: string): string[] =>
  [...section.matchAll(/^\| `([^`]+)`[^|]*\|/gm)].map(([, name = '']) => name);
