import { type MatchedRoute, METHODS, type Method } from '../scopes/scope.ts';

/** A route and its path, such as `/topics/:id`; a segment with a colon is a parameter. */
export interface RouteDefinition {
  /** The name that scopes use, such as `topics#show`. Several definitions may share a name. @default `path` */
  readonly name?: string;
  /** `GET` includes HEAD. */
  readonly method: Method;
  readonly path: string;
  /**
   * The extensions that the path may end with, such as `json`. Without an extension, the matched route has no format.
   */
  readonly formats?: readonly string[];
}

/**
 * Returns the route of a request; null for a request to be denied. Accepts absolute URLs, and a path with its query.
 */
export type RouteMatcher = (request: {
  readonly method: string;
  readonly url: string;
}) => MatchedRoute | null;

interface Pattern extends RouteDefinition {
  readonly name: string;
  readonly segments: readonly string[];
  /** For each segment: the literals of other routes at this position, in lower case. */
  readonly rivals: readonly ReadonlySet<string>[];
}

const PARAMETER = /^:[A-Za-z_]\w*$/;
const LITERAL = /^[\w.~-]+$/;
const FORMAT = /^[a-z0-9]+$/;

/**
 * Creates a matcher that maps requests to the routes that scopes name, for programs without a router.
 *
 * It denies unknown paths and every path that another parser could map to another route. Some hide a literal segment by
 * escapes, upper case or extensions. Others have encoded slashes, dot segments or double-encoded values, or match two
 * routes equally well.
 *
 * @throws Error if a definition is invalid; the message names it
 * @example
 * ```ts
 * const matchRoute = createRouteMatcher([
 *   { name: 'topics#show', method: 'GET', path: '/topics/:id', formats: ['json'] },
 * ]);
 * const route = matchRoute({ method: 'GET', url: '/topics/7.json?page=2' });
 * ```
 */
export function createRouteMatcher(definitions: readonly RouteDefinition[]): RouteMatcher {
  const split = definitions.map((definition) => {
    const named = { ...definition, name: definition.name ?? definition.path };
    return { ...named, segments: readSegments(named) };
  });
  const shapes = split.map(({ method, segments }) => `${method} /${segments.map(shapeOf).join('/')}`);
  const twice = shapes.find((shape, index) => shapes.indexOf(shape) !== index);
  if (twice !== undefined) throw new Error(`Two routes have the same method and path: ${twice}.`);
  const patterns = split.map((definition): Pattern => {
    const rivals = definition.segments.map((_, at) => findRivals(definition.segments, at, split));
    return { ...definition, rivals };
  });

  return ({ method, url }) => {
    const raw = splitPath(pathOf(url));
    if (raw === null) return null;
    const asked = method === 'HEAD' ? 'GET' : method;
    for (const pattern of patterns) {
      // At most one route matches: a value that equals another route’s literal is rejected.
      const match = pattern.method === asked ? matchPattern(pattern, raw) : null;
      if (match) return match;
    }
    return null;
  };
}

/** @throws Error if the definition is invalid */
function readSegments({ name, method, path, formats = [] }: RouteDefinition): string[] {
  const segments = path === '/' ? [] : path.slice(1).split('/');
  const names = segments.filter((segment) => segment.startsWith(':'));
  const isUsable =
    name !== '' &&
    METHODS.includes(method) &&
    path.startsWith('/') &&
    segments.every((segment) => PARAMETER.test(segment) || (LITERAL.test(segment) && !isDots(segment))) &&
    new Set(names).size === names.length &&
    formats.every((format) => FORMAT.test(format));
  if (!isUsable) throw new Error(`The route ${name} cannot be used: ${method} ${path}.`);
  return segments;
}

/** Returns the literals at this position in routes that may begin like this one. */
function findRivals(
  segments: readonly string[],
  at: number,
  others: readonly Pick<Pattern, 'segments'>[],
): Set<string> {
  const couldBe = (one: string, other = ':') =>
    isParameter(one) || isParameter(other) || one.toLowerCase() === other.toLowerCase();
  const alike = others.filter((other) =>
    segments.slice(0, at).every((segment, index) => couldBe(segment, other.segments[index])),
  );
  const literals = alike.flatMap((other) => other.segments[at] ?? []).filter((each) => !isParameter(each));
  return new Set(literals.map((literal) => literal.toLowerCase()));
}

const isParameter = (segment: string): boolean => segment.startsWith(':');
const shapeOf = (segment: string): string => (isParameter(segment) ? ':' : segment);
const isDots = (segment: string): boolean => segment === '.' || segment === '..';

/** Returns the path as received. */
function pathOf(url: string): string {
  const local = url.startsWith('/') ? url : url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]*/i, '');
  const end = local.search(/[?#]/);
  const path = end === -1 ? local : local.slice(0, end);
  return path === '' ? '/' : path;
}

/** Returns the segments as received; null if other parsers could split the path differently. */
function splitPath(path: string): string[] | null {
  // Printable ASCII without a backslash; all other characters must be escaped.
  if (!/^\/[\x21-\x5b\x5d-\x7e]*$/.test(path)) return null;
  if (path === '/') return [];
  const segments = path.slice(1).split('/');
  return segments.some((segment) => segment === '' || isDots(segment)) ? null : segments;
}

function matchPattern(
  { name, segments, rivals, formats = [] }: Pattern,
  raw: readonly string[],
): MatchedRoute | null {
  if (raw.length !== segments.length) return null;
  const { last, format } = cutFormat(raw.at(-1) ?? '', formats);
  const parameters: [string, string][] = [];
  for (let at = 0; at < segments.length; at += 1) {
    const segment = segments[at] as string;
    const sent = at === segments.length - 1 ? last : (raw[at] as string);
    if (sent === segment) continue;
    if (!isParameter(segment)) return null;
    const value = decodeOnce(sent);
    if (value === null || couldBeOneOf(rivals[at] as ReadonlySet<string>, value)) return null;
    parameters.push([segment.slice(1), value]);
  }
  return { name, ...(format !== undefined && { format }), parameters: Object.fromEntries(parameters) };
}

function cutFormat(segment: string, formats: readonly string[]): { last: string; format?: string } {
  const format = formats.find((each) => segment.endsWith(`.${each}`));
  return format === undefined ? { last: segment } : { last: segment.slice(0, -(format.length + 1)), format };
}

/** Returns the decoded value; null if it is ambiguous: several segments, or encoded twice. */
function decodeOnce(sent: string): string | null {
  // Most values contain nothing to decode and nothing to reject.
  if (/^[\w-]+$/.test(sent)) return sent;
  try {
    const value = decodeURIComponent(sent);
    return value === '' || isDots(value) || /[/\\\p{Cc}]|%[0-9a-f]{2}/iu.test(value) ? null : value;
  } catch {
    return null;
  }
}

/**
 * Returns whether a parser could read this value as one of the literals. Parsers ignore case, an extension or the text
 * after a semicolon.
 */
function couldBeOneOf(literals: ReadonlySet<string>, value: string): boolean {
  const folded = value.toLowerCase();
  return literals.has(folded) || literals.has(folded.split(/[.;]/, 1)[0] ?? '');
}
