/** Why proxies and services may read a path differently. */
export type PathAmbiguity =
  | 'not_a_path'
  | 'fragment'
  | 'backslash'
  | 'character'
  | 'empty_segment'
  | 'dot_segment'
  | 'bad_escape'
  | 'escaped_separator'
  | 'escaped_twice'
  | 'semicolon';

/** What a path may contain. */
export interface PathRules {
  readonly allowsSemicolons: boolean;
}

/** Characters whose escaped form some programs decode before they split the path. */
const SEPARATORS = /[/\\.?#\p{Cc}]/u;

/** Segments of letters, digits, `_` and `-`, with at most a slash at the end: none of the rules below applies. */
const PLAIN = /^(?:\/[\w-]+)+\/?(?:\?[^#]*)?$/;

/**
 * Returns why the path of a request target is ambiguous; null if every parser reads the same path. Nothing is
 * normalized, because the service may normalize differently. The query is not examined.
 *
 * @param target as received: `/notes/7?page=2`
 */
export function findPathAmbiguity(target: string, { allowsSemicolons }: PathRules): PathAmbiguity | null {
  if (PLAIN.test(target)) return null;
  if (target.includes('#')) return 'fragment';
  const [path = ''] = target.split('?', 1);
  if (!path.startsWith('/')) return 'not_a_path';
  if (path.includes('\\')) return 'backslash';
  if (!/^[\x21-\x7e]*$/.test(path)) return 'character';
  const segments = path.slice(1).split('/');
  // A slash at the end is a path of its own, and no route matches it.
  if (segments.some((segment, at) => segment === '' && at < segments.length - 1)) return 'empty_segment';
  for (const segment of segments) {
    const fault = findSegmentFault(segment, allowsSemicolons);
    if (fault !== null) return fault;
  }
  return null;
}

function findSegmentFault(segment: string, allowsSemicolons: boolean): PathAmbiguity | null {
  const [name = ''] = segment.split(';', 1);
  if (name === '.' || name === '..') return 'dot_segment';
  if (!allowsSemicolons && segment.includes(';')) return 'semicolon';
  if (!segment.includes('%')) return null;
  const decoded = decode(segment);
  if (decoded === null) return 'bad_escape';
  for (const [, digits = ''] of segment.matchAll(/%([0-7][0-9a-f])/gi)) {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    if (SEPARATORS.test(character)) return 'escaped_separator';
    if (!allowsSemicolons && character === ';') return 'semicolon';
  }
  // Control characters of two bytes.
  if (/\p{Cc}/u.test(decoded)) return 'escaped_separator';
  return /%[0-9a-f]{2}/i.test(decoded) ? 'escaped_twice' : null;
}

/** Returns null for an escape that is incomplete or not UTF-8. */
function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
