import type { IncomingMessage, ServerResponse } from 'node:http';
import { isPromise } from '../core/maybe-promise.ts';
import type { RefusedResult } from '../http/authorize.ts';
import type { AdaptedValetkey } from './adapted-valetkey.ts';
import { type RouteName, type RouteParameters, toMatchedRoute } from './guarded-route.ts';
import {
  authorizeRoute,
  guardRoute,
  type NodeExchange,
  sendRefusal,
  serveEndpoint,
} from './node-exchange.ts';
import type { RequestPrincipal } from './request-principal.ts';

export type { RouteName, RouteParameters } from './guarded-route.ts';
export type { Anonymous, RequestPrincipal } from './request-principal.ts';

declare global {
  // The interface that `@types/express` offers for this purpose.
  namespace Express {
    interface Request {
      /** The user and key of the request, or `anonymous`. Set by `keys.guard`; undefined on routes without it. */
      principal: RequestPrincipal;
    }
  }
}

/**
 * The parts of an Express request that middlewares use. It has no `params`: TypeScript would otherwise use their type
 * instead of the type of the route.
 */
export interface ExpressMessage extends IncomingMessage {
  /** According to the setting `trust proxy` of the app. */
  readonly ip?: string | undefined;
  readonly originalUrl: string;
  /** Set by Express. */
  readonly res?: ServerResponse | undefined;
  principal: RequestPrincipal;
}

/** A request of Express on a route. */
export interface ExpressRequest extends ExpressMessage {
  readonly params: RouteParameters;
}

type Next = (error?: unknown) => void;

/** A middleware, assignable to the `RequestHandler` of Express. */
export type ExpressMiddleware = (request: ExpressMessage, response: ServerResponse, next: Next) => void;

/** A middleware for errors, assignable to the `ErrorRequestHandler` of Express. */
export type ExpressErrorMiddleware = (
  error: unknown,
  request: ExpressMessage,
  response: ServerResponse,
  next: Next,
) => void;

/** Thrown by `keys.authorize` for a request that must not be served. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused';
  readonly refused: RefusedResult;

  constructor(refused: RefusedResult) {
    super(`The key of the request was refused: ${refused.refusal.code}.`);
    this.refused = refused;
  }

  /** The status of the response. Error handlers of Express use it. */
  get status(): number {
    return this.refused.status;
  }
}

/** The middlewares of `expressKeys`. */
export interface ExpressKeys {
  /**
   * Serves Valetkey's endpoints and pages, and sets the CORS headers of all other responses. Add it after your
   * session middleware. Body parsers before it must keep the body in `req.body` or `req.rawBody`.
   */
  readonly endpoints: ExpressMiddleware;
  /**
   * Creates the guard of a route. It sets `req.principal` and the `RateLimit` headers, or refuses the request.
   *
   * @param route the name that scopes use
   * @param parameters returns the values that keys can be bound to. @default `req.params`
   * @throws Error if the name is empty
   */
  guard(route: RouteName, parameters?: (request: ExpressRequest) => RouteParameters): ExpressMiddleware;
  /**
   * Does the same as `guard`, inside a handler. Use it if the route is known only there.
   *
   * @throws KeyRefused to which the middleware `refusals` responds
   */
  authorize(
    request: ExpressRequest,
    route: RouteName,
    parameters?: RouteParameters,
  ): Promise<RequestPrincipal>;
  /** Responds to a thrown `KeyRefused`. Add it after the routes that call `authorize`. */
  readonly refusals: ExpressErrorMiddleware;
}

/**
 * Creates the middlewares for an app of Express 5.
 *
 * @example
 * ```ts
 * const keys = expressKeys(valetkey);
 * app.use(keys.endpoints);
 * app.get('/photos/:id', keys.guard('photos#show'), (req, res) => {
 *   res.json({ id: req.params.id, reader: req.principal.kind });
 * });
 * ```
 */
export function expressKeys(valetkey: AdaptedValetkey): ExpressKeys {
  return {
    endpoints(request, response, next) {
      const served = serveEndpoint(new ExpressExchange(request, response), valetkey);
      if (isPromise(served)) served.then((isServed) => isServed || next(), next);
      else next();
    },
    guard(route, parameters = ({ params }) => params) {
      toMatchedRoute(route, {});
      return (request, response, next) => {
        const proceed = (principal: RequestPrincipal | null): void => {
          if (!principal) return;
          request.principal = principal;
          next();
        };
        const matched = toMatchedRoute(route, parameters(request as ExpressRequest));
        const guarded = guardRoute(new ExpressExchange(request, response), matched, valetkey);
        if (isPromise(guarded)) guarded.then(proceed, next);
        else proceed(guarded);
      };
    },
    async authorize(request, route, parameters = request.params) {
      const { res: response } = request;
      if (!response) throw new Error('Call keys.authorize with the request of Express.');
      const exchange = new ExpressExchange(request, response);
      const result = await authorizeRoute(exchange, toMatchedRoute(route, parameters), valetkey);
      if (result.kind === 'refused') throw new KeyRefused(result);
      request.principal = result;
      return result;
    },
    refusals(error, request, response, next) {
      if (error instanceof KeyRefused)
        sendRefusal(new ExpressExchange(request, response), error.refused, valetkey).catch(next);
      else next(error);
    },
  };
}

/** Reads the IP address only when it is needed: Express computes it at each access. */
class ExpressExchange implements NodeExchange {
  readonly message: ExpressMessage;
  readonly response: ServerResponse;

  constructor(message: ExpressMessage, response: ServerResponse) {
    this.message = message;
    this.response = response;
  }

  get url(): string {
    return this.message.originalUrl;
  }

  get ipAddress(): string {
    return this.message.ip ?? '';
  }
}
