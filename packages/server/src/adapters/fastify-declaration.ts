import type { MatchedRoute } from '../core/scopes/scope.ts';

/** How requests with a key are verified on a route. */
export interface GuardDeclaration {
  /** The name that scopes use. @default the path of the route, such as `/photos/:id` */
  readonly route?: string;
  readonly format?: MatchedRoute['format'];
  /**
   * The parameters that keys can be bound to: the name that scopes use, and the name in the path. @default all
   * parameters of the path
   */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Who may call a route with a key. An object allows keys whose scopes permit the route. `open` allows everybody, and
 * keys are not read. `session` allows no key, because the route is for browsers.
 */
export type KeyDeclaration = GuardDeclaration | 'open' | 'session';

/** Trusts no type: routes may be declared in JavaScript. */
export function isDeclaration(declared: unknown): declared is KeyDeclaration {
  if (declared === 'open' || declared === 'session') return true;
  if (typeof declared !== 'object' || declared === null) return false;
  const { route } = declared as GuardDeclaration;
  return route === undefined || (typeof route === 'string' && route !== '');
}
