import type { IncomingMessage, ServerResponse } from 'node:http';
import { createFindClientIpAddress } from '../core/ip/client-ip-address.ts';
import type { MaybePromise } from '../core/maybe-promise.ts';
import type { SiteUser } from '../core/site-user.ts';
import type { AdaptedValetkey } from './adapted-valetkey.ts';
import { type RouteName, type RouteParameters, toMatchedRoute } from './guarded-route.ts';
import { guardRoute, type NodeExchange, serveEndpoint } from './node-exchange.ts';
import { type AcceptUpgrade, createUpgrade, type UpgradeListener } from './node-upgrade.ts';
import type { RequestPrincipal } from './request-principal.ts';

export type { RouteName, RouteParameters } from './guarded-route.ts';
export type { AcceptUpgrade, UpgradeListener } from './node-upgrade.ts';
export type { Anonymous, RequestPrincipal } from './request-principal.ts';

/** The options of `nodeKeys`. */
export interface NodeKeysOptions {
  /**
   * The IP addresses and networks of all proxies in front of the site. Each of them appends to the header
   * `X-Forwarded-For`. The IP address of the client is then read from this header. @default none: the IP address of the
   * socket
   */
  readonly trustedProxies?: readonly string[];
  /**
   * Called with an error that a function of the site throws during an upgrade. Node has no other handler for such
   * errors. @default a warning of the process
   */
  readonly onError?: (error: unknown) => void;
}

/** The functions of `nodeKeys`. */
export interface NodeKeys<User extends SiteUser = SiteUser> {
  /**
   * Serves Valetkey's endpoints and pages; returns false for all other requests, and sets their CORS headers. Call it
   * first. Returns no promise for the site's own routes. Rejects with the errors of the store and of the site's
   * functions.
   */
  endpoints(request: IncomingMessage, response: ServerResponse): MaybePromise<boolean>;
  /**
   * Returns the user and key of a request to one of the site's routes, or `anonymous`, and sets the `RateLimit`
   * headers. Returns null if the request was refused; the response has then been sent.
   *
   * @param route the name that scopes use
   * @param parameters the values that keys can be bound to, as the handler uses them
   * @throws Error if the name is empty
   */
  guard(
    request: IncomingMessage,
    response: ServerResponse,
    route: RouteName,
    parameters?: RouteParameters,
  ): MaybePromise<RequestPrincipal<User> | null>;
  /**
   * Creates a listener for the event `upgrade` that guards WebSockets. When the key of an accepted WebSocket is revoked
   * or expires, the WebSocket is closed with the status 1008 and the error code as reason.
   *
   * @param route the name that scopes use
   * @param accept completes the handshake; not called for refused requests
   */
  upgrade: (route: RouteName, accept: AcceptUpgrade<User>) => UpgradeListener;
}

/**
 * Creates the functions for a server of `node:http`, `node:https` or `node:http2`.
 *
 * @throws ValetkeyError `address_list_invalid` if an entry of `trustedProxies` is invalid
 * @example
 * ```ts
 * const keys = nodeKeys(valetkey);
 * createServer(async (req, res) => {
 *   if (await keys.endpoints(req, res)) return;
 *   const principal = await keys.guard(req, res, 'photos#index');
 *   if (principal) res.end(principal.kind);
 * });
 * ```
 */
export function nodeKeys<User extends SiteUser = SiteUser>(
  valetkey: AdaptedValetkey<unknown, User>,
  options: NodeKeysOptions = {},
): NodeKeys<User> {
  const { onError = (error: unknown) => process.emitWarning(toError(error)) } = options;
  const findClientIpAddress = createFindClientIpAddress(options.trustedProxies);

  function readIpAddress({ socket, headers }: IncomingMessage): string {
    const forwardedFor = headers['x-forwarded-for'];
    return findClientIpAddress(
      socket.remoteAddress ?? '',
      forwardedFor === undefined ? null : String(forwardedFor),
    );
  }

  const toExchange = (message: IncomingMessage, response: ServerResponse): NodeExchange => ({
    message,
    response,
    url: message.url ?? '',
    ipAddress: readIpAddress(message),
  });

  return {
    endpoints: (request, response) => serveEndpoint(toExchange(request, response), valetkey),
    guard: (request, response, route, parameters = {}) =>
      guardRoute(toExchange(request, response), toMatchedRoute(route, parameters), valetkey),
    upgrade: (route, accept) =>
      createUpgrade(toMatchedRoute(route, {}), accept, { valetkey, toExchange, onError }),
  };
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
