/**
 * Parses the parameter `scopes` (PROTOCOL.md#authorize-parameters): names separated by commas. Trims spaces, drops empty names
 * and duplicates, and keeps the order. Does not check whether a scope exists.
 *
 * @example parseScopeList('read, write,,read') // ['read', 'write']
 */
export function parseScopeList(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names)].filter((name) => name !== '');
}
