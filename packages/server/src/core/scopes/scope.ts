import type { LocalizedText } from '../localized-text.ts';

/** A route as the site's router matched it. Never a path: two parsers that disagree are a hole. */
export interface MatchedRoute {
  /** The name given where the route is declared, such as `list#latest`. */
  readonly name: string;
  /** What was asked for: `json`, `ics`, `rss`, `html`. */
  readonly format?: string;
  /**
   * Path parameters, decoded once, by the router. Keys can be bound to their values, and compare them as they are: a
   * value of the body may stand here too (`topic_id` of `posts#create`), as long as the handler acts on this very text.
   * What is missing here matches no bound key.
   */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** The methods that a permission can name; HEAD counts as GET. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** One of them. */
export type Method = (typeof METHODS)[number];

/**
 * In the place of a parameter's values: the username of the key's own person, as the site tells it when the key is
 * judged, so that it follows a change of name. A symbol, which no value that was sent can be.
 *
 * @example
 * const ownPhotos: RoutePermission = {
 *   methods: ['GET'],
 *   route: 'users#photos',
 *   parameters: { username: ownUsername },
 * };
 */
export const ownUsername: unique symbol = Symbol('ownUsername');

/** The values that a parameter may have: one of these, or the key's own person. */
export type BoundValues = readonly string[] | typeof ownUsername;

/** Whom a key acts for, looked at only by what is bound to them. */
interface KeyOwner {
  readonly user: { readonly username: string };
}

/** One thing that a scope allows. */
export interface RoutePermission {
  readonly methods: readonly Method[];
  /** A route name, or `*` for every route. */
  readonly route: string;
  /** Only these formats; absent means all. */
  readonly formats?: readonly string[];
  /** Only with these parameters: each must be there and equal one of its values, character for character. */
  readonly parameters?: Readonly<Record<string, BoundValues>>;
  /** A key that can do this and nothing else may travel in a URL (PROTOCOL.md section 5). GET only. */
  readonly isAllowedInUrl?: boolean;
}

/** What a scope is called for people, and what it opens. */
export interface ScopeDefinition {
  /** The permission as users read it on the consent page, such as “Read everything you can read”. */
  readonly sentence: LocalizedText;
  readonly permissions: readonly RoutePermission[];
  /** The page warns before it is granted. */
  readonly isDangerous?: boolean;
}

/** Scopes by the names that apps ask for. */
export type ScopeDefinitions = Readonly<Record<string, ScopeDefinition>>;

/** Every permission of these scopes; a name that the site does not know grants nothing. */
export function permissionsOf(scopes: readonly string[], definitions: ScopeDefinitions): RoutePermission[] {
  return scopes.flatMap((name) =>
    Object.hasOwn(definitions, name) ? (definitions[name]?.permissions ?? []) : [],
  );
}

/**
 * Whether one of the permissions covers this request. HEAD is judged as GET (PROTOCOL.md section 5).
 *
 * @param owner of the key, for what is bound to them; null for nobody, and then that covers nothing
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
  // Without a list of the names: this runs on every request of a bound key.
  for (const name in bound) {
    const allowed = bound[name] as BoundValues;
    const value = parameters[name];
    // What every object inherits, such as `constructor`, is no text.
    if (typeof value !== 'string') return false;
    if (allowed === ownUsername ? value !== owner?.user.username : !allowed.includes(value)) return false;
  }
  return true;
}

/** The thread's rule: a key may travel in a URL only if its one scope is one single GET route made for that. */
export function isUrlKey(scopes: readonly string[], definitions: ScopeDefinitions): boolean {
  const [only, ...others] = permissionsOf(scopes, definitions);
  if (!only || others.length > 0 || scopes.length > 1) return false;
  return (
    only.isAllowedInUrl === true && only.route !== '*' && only.methods.every((method) => method === 'GET')
  );
}

/** Whether any URL key could ever be good for this request; everywhere else a key in the query is not looked at. */
export function isUrlKeyRoute(definitions: ScopeDefinitions, method: string, route: MatchedRoute): boolean {
  const urlScopes = Object.keys(definitions).filter((name) => isUrlKey([name], definitions));
  const ofAnybody = permissionsOf(urlScopes, definitions).map(withoutOwner);
  return isPermitted(ofAnybody, method, route, null);
}

/** The same for whoever it is; only for asking what could be, before a key is known. */
function withoutOwner({ parameters = {}, ...permission }: RoutePermission): RoutePermission {
  const others = Object.entries(parameters).filter(([, values]) => values !== ownUsername);
  return { ...permission, parameters: Object.fromEntries(others) };
}

/** The scopes that would have allowed this request: what a refusal tells the app to ask for. */
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
