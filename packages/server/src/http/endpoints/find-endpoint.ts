import { createPagePaths, type PageMounts } from '../../ports/page-paths.ts';
import { wantsJson } from '../endpoint-request.ts';
import { pathOf, type RequestHead } from '../request-head.ts';
import type { Endpoint } from './endpoint.ts';
import { createEndpointTable, type EndpointTable, type ExtraEndpoints } from './endpoint-table.ts';

/** The handlers of a path by method, and its `:name` parts. */
export interface FoundEndpoint {
  /** Such as `/account/apps/:id`. */
  readonly pattern: string;
  readonly methods: Readonly<Partial<Record<string, Endpoint>>>;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Returns the endpoint of a request; null for a request of the site itself. Runs on every request of a site. */
export type FindEndpoint = (request: RequestHead) => FoundEndpoint | null;

/**
 * Creates the lookup for a site. If pages have a custom prefix, JSON requests also find them at the paths of
 * PROTOCOL.md.
 */
export function createFindEndpoint(
  basePath: string,
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
  return (request) => {
    const path = pathWithin(basePath, pathOf(request.url));
    if (path === null) return null;
    const first = firstSegment(path);
    const found = match(path, first, asMounted);
    if (found) return found;
    const atPathOfProtocol = match(path, first, forJson);
    return atPathOfProtocol && wantsJson(request) ? atPathOfProtocol : null;
  };
}

/** Returns the path below the site’s base, without `.json`; null if it is outside. */
function pathWithin(basePath: string, path: string): string | null {
  // RFC 8414 section 3.1 and RFC 9728 section 3.1 put the well-known part before the path of the site.
  const wellKnown = path.startsWith('/.well-known/') ? WELL_KNOWN.exec(path)?.[0] : undefined;
  if (wellKnown !== undefined && `${path}/`.startsWith(`${wellKnown}${basePath}/`)) {
    return withoutJson(wellKnown + path.slice(wellKnown.length + basePath.length));
  }
  return path.startsWith(`${basePath}/`) ? withoutJson(path.slice(basePath.length)) : null;
}

const WELL_KNOWN = /^\/\.well-known\/[^/]+/;
const withoutJson = (path: string): string => (path.endsWith('.json') ? path.slice(0, -5) : path);

function firstSegment(path: string): string {
  const end = path.indexOf('/', 1);
  return end === -1 ? path.slice(1) : path.slice(1, end);
}

interface Pattern extends Pick<FoundEndpoint, 'methods' | 'pattern'> {
  readonly parts: readonly string[];
}

/** Patterns by their first segment, so that one lookup rejects the path of a site's own route. */
type Patterns = ReadonlyMap<string, readonly Pattern[]>;

function toPatterns(table: EndpointTable): Patterns {
  const patterns = Object.entries(table).map(([path, methods]) => ({
    pattern: path,
    parts: path.split('/'),
    methods,
  }));
  return Map.groupBy(patterns, ({ parts: [, first = ''] }) => (first.startsWith(':') ? ':' : first));
}

function match(path: string, first: string, patterns: Patterns): FoundEndpoint | null {
  const sameFirst = patterns.get(first);
  const anyFirst = patterns.get(':');
  if (!sameFirst && !anyFirst) return null;
  const given = path.split('/');
  for (const { pattern, parts, methods } of [...(sameFirst ?? []), ...(anyFirst ?? [])]) {
    const isMatch =
      parts.length === given.length &&
      parts.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]));
    if (isMatch) return { pattern, methods, pathParameters: readPathParameters(parts, given) };
  }
  return null;
}

function readPathParameters(parts: readonly string[], given: readonly string[]): Record<string, string> {
  const named = parts.flatMap((part, index) =>
    part.startsWith(':') ? [[part.slice(1), decode(given[index] ?? '')] as const] : [],
  );
  return Object.fromEntries(named);
}

/** Decodes once. A value that cannot be decoded, or has a NUL, stays unchanged and matches nothing. */
function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text);
    return decoded.includes('\0') ? text : decoded;
  } catch {
    return text;
  }
}
