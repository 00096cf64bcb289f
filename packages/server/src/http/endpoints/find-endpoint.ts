import { createPagePaths, type PageMounts } from '../../ports/page-paths.ts';
import type { Endpoint } from './endpoint.ts';
import { createEndpointTable, type EndpointTable, type ExtraEndpoints } from './endpoint-table.ts';

/** The handlers of a path by method, and its `:name` parts. */
export interface FoundEndpoint {
  readonly methods: Readonly<Partial<Record<string, Endpoint>>>;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** @param path below the site's base, without `.json` */
export type FindEndpoint = (path: string, wantsJson: boolean) => FoundEndpoint | null;

/**
 * Creates the lookup for a site. If pages have a custom prefix, JSON requests also find them at the paths of
 * PROTOCOL.md.
 */
export function createFindEndpoint(
  mounts: PageMounts = {},
  extensions: readonly ExtraEndpoints[] = [],
): FindEndpoint {
  const asMounted = toPatterns(createEndpointTable(createPagePaths('', mounts), extensions));
  const { user, admin } = mounts;
  const atDefault = createPagePaths('', {
    user: user === false ? false : undefined,
    admin: admin === false ? false : undefined,
  });
  const forJson = toPatterns(createEndpointTable(atDefault, extensions));
  return (path, wantsJson) => match(path, asMounted) ?? (wantsJson ? match(path, forJson) : null);
}

interface Pattern extends Pick<FoundEndpoint, 'methods'> {
  readonly parts: readonly string[];
}

/** Patterns by their first segment, so that one lookup rejects the path of a site's own route. */
type Patterns = ReadonlyMap<string, readonly Pattern[]>;

function toPatterns(table: EndpointTable): Patterns {
  const patterns = Object.entries(table).map(([path, methods]) => ({ parts: path.split('/'), methods }));
  return Map.groupBy(patterns, ({ parts: [, first = ''] }) => (first.startsWith(':') ? ':' : first));
}

function match(path: string, patterns: Patterns): FoundEndpoint | null {
  const given = path.split('/');
  for (const { parts, methods } of [...(patterns.get(given[1] ?? '') ?? []), ...(patterns.get(':') ?? [])]) {
    const isMatch =
      parts.length === given.length &&
      parts.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]));
    if (isMatch) return { methods, pathParameters: readPathParameters(parts, given) };
  }
  return null;
}

function readPathParameters(parts: readonly string[], given: readonly string[]): Record<string, string> {
  const named = parts.flatMap((part, index) =>
    part.startsWith(':') ? [[part.slice(1), decode(given[index] ?? '')] as const] : [],
  );
  return Object.fromEntries(named);
}

/** Decodes once. A value that cannot be decoded stays unchanged and matches nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
