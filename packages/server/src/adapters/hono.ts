import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context, MiddlewareHandler, Next } from 'hono';
import type { SiteUser } from '../core/site-user.ts';
import type { AuthorizeResult } from '../http/authorize.ts';
import type { RequestHead } from '../http/request-head.ts';
import type { AdaptedValetkey } from './adapted-valetkey.ts';
import { type RouteName, type RouteParameters, toMatchedRoute } from './guarded-route.ts';
import { NodeHead } from './node-head.ts';
import { removeCookies } from './remove-cookies.ts';
import { ANONYMOUS, type RequestPrincipal } from './request-principal.ts';
import { setOutgoingHeaders } from './set-outgoing-headers.ts';
import { toUnreadRequest } from './to-unread-request.ts';
import { withHeaders } from './with-headers.ts';

export type { RouteName, RouteParameters } from './guarded-route.ts';
export type { Anonymous, RequestPrincipal } from './request-principal.ts';

/** The options of `honoKeys`. */
export interface HonoKeysOptions {
  /**
   * Returns the IP address of the client, as the platform reports it: `getConnInfo(c).remote.address`. Behind a proxy,
   * returns the address that the proxy has set.
   */
  ipAddress(c: Context): string;
}

/** What `guard` adds to the context of a route: `c.var.principal`. */
export interface KeyVariables<User extends SiteUser = SiteUser> {
  readonly Variables: { readonly principal: RequestPrincipal<User> };
}

/** The middlewares of `honoKeys`. */
export interface HonoKeys<User extends SiteUser = SiteUser> {
  /**
   * Serves Valetkey's endpoints and pages, and sets the CORS headers of all other responses. Add it after your
   * session middleware. Body parsers before it must read the body through `c.req`, not `c.req.raw`.
   */
  endpoints(): MiddlewareHandler;
  /**
   * Creates the guard of a route. It sets `c.var.principal` and the `RateLimit` headers, or refuses the request.
   *
   * @param route the name that scopes use
   * @param parameters returns the values that keys can be bound to. @default `c.req.param()`
   * @throws Error if the name is empty
   */
  guard(
    route: RouteName,
    parameters?: (c: Context) => RouteParameters,
  ): MiddlewareHandler<KeyVariables<User>>;
}

/**
 * Creates the middlewares for an app of Hono 4, on Node, Bun and Deno.
 *
 * @example
 * ```ts
 * const keys = honoKeys(valetkey, { ipAddress: (c) => getConnInfo(c).remote.address ?? '' });
 * app.use(keys.endpoints());
 * app.get('/photos/:id', keys.guard('photos#show'), (c) => c.json({ reader: c.var.principal.kind }));
 * ```
 */
export function honoKeys<User extends SiteUser = SiteUser>(
  valetkey: AdaptedValetkey<Context, User>,
  { ipAddress }: HonoKeysOptions,
): HonoKeys<User> {
  return {
    endpoints: () => async (c, next) => {
      const head = toHead(c);
      if (valetkey.serves(head)) {
        const { request, parsedBody } = await toUnreadRequest(c.req);
        const found = valetkey.fetch(request, { ipAddress: ipAddress(c), native: c, parsedBody });
        if (found) return found;
      }
      return nextWithHeaders(c, next, valetkey.corsHeaders(head));
    },
    guard(route, parameters = (c) => c.req.param()) {
      toMatchedRoute(route, {});
      return (c, next) => {
        const head = toHead(c);
        const proceed = (result: AuthorizeResult<User>): Promise<Response | undefined> => {
          if (result.kind !== 'anonymous' && head.headers.get('cookie') !== null)
            c.req.raw = removeCookies(c.req.raw);
          if (result.kind === 'refused') return result.response();
          c.set('principal', result.kind === 'key' ? result.principal : ANONYMOUS);
          return result.kind === 'key'
            ? nextWithHeaders(c, next, result.headers)
            : next().then(() => undefined);
        };
        const given = valetkey.authorize(head, toMatchedRoute(route, parameters(c)), {
          ipAddress: ipAddress(c),
        });
        return given instanceof Promise ? given.then(proceed) : proceed(given);
      };
    },
  };
}

/** On Node, sets the headers of the outgoing response: Hono's server adds those of its `Response`. */
async function nextWithHeaders(
  c: Context,
  next: Next,
  headers: Readonly<Record<string, string>>,
): Promise<undefined> {
  const { outgoing } = (c.env ?? {}) as NodeBindings;
  if (outgoing?.setHeader) {
    setOutgoingHeaders(outgoing, headers);
    await next();
  } else {
    await next();
    addHeaders(c, headers);
  }
}

/** The objects of Node's HTTP server, which Hono's server for Node adds to the environment. */
interface NodeBindings {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
}

/** On Node, reads the headers in place: Hono's server would copy all of them into a `Headers`. */
function toHead({ env, req }: Context): RequestHead {
  const { incoming } = (env ?? {}) as NodeBindings;
  return incoming?.rawHeaders ? new NodeHead(incoming) : req.raw;
}

function addHeaders(c: Context, headers: Readonly<Record<string, string>>): void {
  const response = withHeaders(c.res, headers);
  if (response === c.res) return;
  // Hono copies the headers of a replaced response over those of the new one, unless it is cleared first.
  c.res = undefined;
  c.res = response;
}
