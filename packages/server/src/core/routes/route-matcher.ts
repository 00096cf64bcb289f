import { type MatchedRoute, METHODS, type Method } from '../scopes/scope.ts';

/** A route by its path: `/topics/:id`, where a segment with a colon is a parameter. */
export interface RouteDefinition {
  /** What scopes call it, such as `topics#show`. Several definitions may have one name. */
  readonly name: string;
  /** GET covers HEAD. */
  readonly method: Method;
  readonly path: string;
  /** The extensions that the path may end with, such as `json`; without one, the matched route has no format. */
  readonly formats?: readonly string[];
}

/** Returns the route of a request, or null for one that is to be denied. Takes absolute URLs, and path and query alone. */
export type RouteMatcher = (request: {
  readonly method: string;
  readonly url: string;
}) => MatchedRoute | null;

interface Pattern extends RouteDefinition {
  readonly segments: readonly string[];
  /** For each segment: the literals that another route has there, in lower case. */
  readonly rivals: readonly ReadonlySet<string>[];
}

const PARAMETER = /^:[A-Za-z_]\w*$/;
const LITERAL = /^[\w.~-]+$/;
const FORMAT = /^[a-z0-9]+$/;

/**
 * Matches requests to the routes that scopes speak of, for a program that has no router of its own. It denies what it does not know,
 * and what another parser could read as another route: escapes, upper case or extensions that hide a literal segment, encoded
 * slashes, dot segments, values that are encoded twice, and paths that two routes match equally well.
 *
 * @throws Error if a definition cannot be used; it names the definition
 * @example
 * ```ts
 * const matchRoute = createRouteMatcher([
 *   { name: 'topics#show', method: 'GET', path: '/topics/:id', formats: ['json'] },
 * ]);
 * const route = matchRoute({ method: 'GET', url: '/topics/7.json?page=2' });
 * ```
 */
export function createRouteMatcher(definitions: readonly RouteDefinition[]): RouteMatcher {
  const split = definitions.map((definition) => ({ ...definition, segments: readSegments(definition) }));
  const shapes = split.map(({ method, segments }) => `${method} /${segments.map(shapeOf).join('/')}`);
  const twice = shapes.find((shape, index) => shapes.indexOf(shape) !== index);
  if (twice !== undefined) throw new Error(`Two routes have the same method and path: ${twice}.`);
  const patterns = split.map((definition): Pattern => {
    const rivals = definition.segments.map((_, at) => findRivals(definition.segments, at, split));
    return { ...definition, rivals };
  });

  return ({ method, url }) => {
    const path = pathOf(url);
    const raw = path === null ? null : splitPath(path);
    if (raw === null) return null;
    const asked = method === 'HEAD' ? 'GET' : method;
    for (const pattern of patterns) {
      // At most one matches: where two could, a value would be a rival literal.
      const match = pattern.method === asked ? matchPattern(pattern, raw) : null;
      if (match) return match;
    }
    return null;
  };
}

/** @throws Error if the definition cannot be used */
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

/** The literals at this place in the routes that begin as this one may. */
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

/** The path as it was sent. */
function pathOf(url: string): string | null {
  const [path] = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]*/i, '').split(/[?#]/, 1);
  if (path === undefined) return null;
  return path === '' ? '/' : path;
}

/** The segments as they were sent; null where other parsers could see other segments. */
function splitPath(path: string): string[] | null {
  // Printable ASCII without a backslash: all else has to be escaped.
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
  for (const [at, segment] of segments.entries()) {
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
  const format = formats.find((each) => segment.endsWith(`.${each}`) && segment.length > each.length + 1);
  return format === undefined ? { last: segment } : { last: segment.slice(0, -(format.length + 1)), format };
}

/** Null where the value could be read in two ways: as more than one segment, or decoded a second time. */
function decodeOnce(sent: string): string | null {
  try {
    const value = decodeURIComponent(sent);
    return isDots(value) || /[/\\\p{Cc}]|%[0-9a-f]{2}/iu.test(value) ? null : value;
  } catch {
    return null;
  }
}

/** Whether some parser could take this value for one of the literals: by ignoring its case, an extension or what follows a semicolon. */
function couldBeOneOf(literals: ReadonlySet<string>, value: string): boolean {
  const folded = value.toLowerCase();
  return literals.has(folded) || literals.has(folded.split(/[.;]/, 1)[0] ?? '');
}
