import type { MaybePromise } from '../core/maybe-promise.ts';
import type { MatchedRoute } from '../core/scopes/scope.ts';
import type { SiteUser } from '../core/site-user.ts';
import type { AdaptedValetkey } from './adapted-valetkey.ts';
import { type RouteParameters, toMatchedRoute } from './guarded-route.ts';
import { removeCookies } from './remove-cookies.ts';
import { ANONYMOUS, type RequestPrincipal } from './request-principal.ts';
import { withHeaders } from './with-headers.ts';

export type { Anonymous, RequestPrincipal } from './request-principal.ts';

/** The options of `fetchKeys`. */
export interface FetchKeysOptions<Native> {
  /**
   * Returns the IP address of the client, as the platform reports it. A `Request` does not contain it.
   *
   * @param native what `endpoints` and `guard` were called with
   */
  ipAddress(request: Request, native: Native): string;
}

/** A route as scopes name it, with the values of its parameters that keys can be bound to. */
export type FetchRoute =
  | string
  | (Pick<MatchedRoute, 'name' | 'format'> & { readonly parameters?: RouteParameters });

/**
 * The functions of `fetchKeys`.
 *
 * @typeParam Native the platform's own request, such as the event of SvelteKit. `Site.findSession` receives it.
 */
export interface FetchKeys<Native, User extends SiteUser = SiteUser> {
  /**
   * Serves Valetkey's endpoints and pages; otherwise returns the response of `respond`, with CORS headers. Rejects with
   * the errors of the store and of the site's functions.
   *
   * @param respond @default a response with the status 404
   */
  endpoints(
    request: Request,
    respond?: () => MaybePromise<Response>,
    ...native: NativeArgument<Native>
  ): Promise<Response>;
  /**
   * Verifies the key of a request to one of the site's routes. Returns the response of `respond` with the `RateLimit`
   * headers, or the refusal; both with CORS headers.
   *
   * @param respond receives the user and key of the request, or `anonymous`, and the request without cookies if
   * there is a key
   * @throws Error if the route has no name
   */
  guard(
    request: Request,
    route: FetchRoute,
    respond: (principal: RequestPrincipal<User>, request: Request) => MaybePromise<Response>,
    ...native: NativeArgument<Native>
  ): Promise<Response>;
}

/** Nothing to pass if the platform has only the `Request`. */
type NativeArgument<Native> = undefined extends Native ? [native?: Native] : [native: Native];

/**
 * Creates the functions for everything that turns a `Request` into a `Response`: Bun, Deno, and the route handlers of
 * Next.js, SvelteKit, Nuxt and Astro.
 *
 * @example
 * ```ts
 * const keys = fetchKeys(valetkey, { ipAddress: () => ipAddress });
 * const photos = (request: Request) =>
 *   keys.guard(request, 'photos#index', (principal) => Response.json({ reader: principal.kind }));
 * const handle = (request: Request) => keys.endpoints(request, () => photos(request));
 * ```
 */
export function fetchKeys<Native = undefined, User extends SiteUser = SiteUser>(
  valetkey: AdaptedValetkey<Native, User>,
  { ipAddress }: FetchKeysOptions<Native>,
): FetchKeys<Native, User> {
  return {
    async endpoints(request, respond = () => new Response(null, { status: 404 }), ...[native]) {
      const context = { ipAddress: ipAddress(request, native as Native), native: native as Native };
      const found = valetkey.fetch(request, context);
      return found ?? valetkey.withCors(request, await respond());
    },
    async guard(request, route, respond, ...[native]) {
      const { parameters = {}, ...named } = typeof route === 'string' ? { name: route } : route;
      const result = await valetkey.authorize(request, toMatchedRoute(named, parameters), {
        ipAddress: ipAddress(request, native as Native),
      });
      if (result.kind === 'refused') return valetkey.withCors(request, await result.response());
      if (result.kind === 'anonymous') return valetkey.withCors(request, await respond(ANONYMOUS, request));
      const response = await respond(result.principal, removeCookies(request));
      return valetkey.withCors(request, withHeaders(response, result.headers));
    },
  };
}
