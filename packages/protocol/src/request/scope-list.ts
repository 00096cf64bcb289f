/**
 * Reads the parameter `scopes` (PROTOCOL.md section 2): names separated by commas, blanks around them and empty ones
 * dropped, each name once, in the order of the text. Whether a name exists is not judged here.
 *
 * @example parseScopeList('read, write,,read') // ['read', 'write']
 */
export function parseScopeList(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names)].filter((name) => name !== '');
}
