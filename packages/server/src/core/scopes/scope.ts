import type { LocalizedText } from '../localized-text.ts';

/** A route as the site’s router matched it. Not a path: two parsers that disagree would be a vulnerability. */
export interface MatchedRoute {
  /** The name from the route’s declaration, such as `list#latest`. */
  readonly name: string;
  /** The requested format: `json`, `ics`, `rss`, `html`. */
  readonly format?: string;
  /**
   * Path parameters, decoded once by the router. Keys can be bound to their values; comparison is exact. A value of
   * the body is allowed too (`topic_id` of `posts#create`) if the handler uses the same text. A missing parameter
   * matches no bound key.
   */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** The methods that a permission can name; GET includes HEAD. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A method that a permission can name. */
export type Method = (typeof METHODS)[number];

/**
 * Stands for the username of the key’s owner, as the site returns it when the key is verified, so it follows renames.
 * It is a symbol, so that no value of a request can equal it.
 *
 * @example
 * const ownPhotos: RoutePermission = {
 *   methods: ['GET'],
 *   route: 'users#photos',
 *   parameters: { username: ownUsername },
 * };
 */
export const ownUsername: unique symbol = Symbol('ownUsername');

/** The values that a parameter may have: a list, or the username of the key’s owner. */
export type BoundValues = readonly string[] | typeof ownUsername;

/** The user that a key acts for. Only parameters bound to the owner read it. */
interface KeyOwner {
  readonly user: { readonly username: string };
}

/** A permission of a scope. */
export interface RoutePermission {
  readonly methods: readonly Method[];
  /** A route name, or `*` for all routes. */
  readonly route: string;
  /** The allowed formats; all if omitted. */
  readonly formats?: readonly string[];
  /** The required parameters: each must be present and equal one of its values exactly. */
  readonly parameters?: Readonly<Record<string, BoundValues>>;
  /** True if a key with this permission only may be sent in a URL (PROTOCOL.md#keys-in-urls). GET only. */
  readonly isAllowedInUrl?: boolean;
}

/** A scope: its description for users and its permissions. */
export interface ScopeDefinition {
  /** The permission as users read it on the consent page, such as “Read everything you can read”. */
  readonly sentence: LocalizedText;
  /** What is included, and what is not allowed. The consent page shows it below the sentence. */
  readonly details?: LocalizedText;
  readonly permissions: readonly RoutePermission[];
  /** True if the consent page shows a warning. */
  readonly isDangerous?: boolean;
  /** True if nothing can be changed with it. @default true if every method is GET */
  readonly isReadOnly?: boolean;
}

/** Scope definitions by name. */
export type ScopeDefinitions = Readonly<Record<string, ScopeDefinition>>;

/** Returns all permissions of these scopes. Unknown names grant nothing. */
export function permissionsOf(scopes: readonly string[], definitions: ScopeDefinitions): RoutePermission[] {
  return scopes.flatMap((name) =>
    Object.hasOwn(definitions, name) ? (definitions[name]?.permissions ?? []) : [],
  );
}

/**
 * Returns whether one of the permissions allows this request. HEAD is treated as GET (PROTOCOL.md#scopes).
 *
 * @param owner of the key; null if unknown: then parameters bound to the owner do not match
 */
export function isPermitted(
  permissions: readonly RoutePermission[],
  method: string,
  route: MatchedRoute,
  owner: KeyOwner | null,
): boolean {
  const asked = method === 'HEAD' ? 'GET' : method;
  for (const permission of permissions) {
    if (permission.route !== '*' && permission.route !== route.name) continue;
    if (!permission.methods.includes(asked as Method)) continue;
    if (permission.formats && !permission.formats.includes(route.format ?? '')) continue;
    if (permission.parameters && !hasParameters(permission.parameters, route, owner)) continue;
    return true;
  }
  return false;
}

function hasParameters(
  bound: NonNullable<RoutePermission['parameters']>,
  { parameters = {} }: MatchedRoute,
  owner: KeyOwner | null,
): boolean {
  // Creates no array of names: this runs on every request of a bound key.
  for (const name in bound) {
    const allowed = bound[name] as BoundValues;
    const value = parameters[name];
    // Inherited properties such as `constructor` are not strings.
    if (typeof value !== 'string') return false;
    if (allowed === ownUsername ? value !== owner?.user.username : !allowed.includes(value)) return false;
  }
  return true;
}

/**
 * Returns whether a key with these scopes may be sent in a URL: it has exactly one scope, with one GET route made for
 * that (PROTOCOL.md#keys-in-urls).
 */
export function isUrlKey(scopes: readonly string[], definitions: ScopeDefinitions): boolean {
  const [only, ...others] = permissionsOf(scopes, definitions);
  if (!only || others.length > 0 || scopes.length > 1) return false;
  return (
    only.isAllowedInUrl === true && only.route !== '*' && only.methods.every((method) => method === 'GET')
  );
}

/** Returns whether any URL key could permit this request. On all other routes, a key in the query is ignored. */
export function isUrlKeyRoute(definitions: ScopeDefinitions, method: string, route: MatchedRoute): boolean {
  const urlScopes = Object.keys(definitions).filter((name) => isUrlKey([name], definitions));
  const ofAnybody = permissionsOf(urlScopes, definitions).map(withoutOwner);
  return isPermitted(ofAnybody, method, route, null);
}

/** Removes the restriction to the owner, to decide before a key is known. */
function withoutOwner({ parameters = {}, ...permission }: RoutePermission): RoutePermission {
  const others = Object.entries(parameters).filter(([, values]) => values !== ownUsername);
  return { ...permission, parameters: Object.fromEntries(others) };
}

/** Returns the scopes that would have permitted this request, for the details of a refusal. */
export function scopesThatPermit(
  definitions: ScopeDefinitions,
  method: string,
  route: MatchedRoute,
  owner: KeyOwner | null,
): string[] {
  return Object.keys(definitions).filter((name) =>
    isPermitted(definitions[name]?.permissions ?? [], method, route, owner),
  );
}
