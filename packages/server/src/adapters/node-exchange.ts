import type { ServerResponse } from 'node:http';
import { isPromise, type MaybePromise } from '../core/maybe-promise.ts';
import type { MatchedRoute } from '../core/scopes/scope.ts';
import type { SiteUser } from '../core/site-user.ts';
import type { AuthorizeResult, RefusedResult } from '../http/authorize.ts';
import type { AdaptedValetkey } from './adapted-valetkey.ts';
import { NodeHead } from './node-head.ts';
import { removeMessageCookies } from './remove-cookies.ts';
import { ANONYMOUS, type RequestPrincipal } from './request-principal.ts';
import { addHeaders, sendResponse } from './send-response.ts';
import { FORBIDDEN_METHODS, type ParsedMessage, toRequest } from './to-request.ts';

/** One request with its response, in the objects of Node's HTTP server. */
export interface NodeExchange {
  readonly message: ParsedMessage;
  readonly response: ServerResponse;
  /** The complete path with its query. */
  readonly url: string;
  readonly ipAddress: string;
}

/**
 * Responds to a request for one of Valetkey's endpoints. Sets the CORS headers of every other response, and returns
 * false. Rejects with the errors of the store and of the site's functions.
 */
export function serveEndpoint(exchange: NodeExchange, valetkey: AdaptedValetkey): MaybePromise<boolean> {
  const { message, response, url } = exchange;
  const head = new NodeHead(message, url);
  addHeaders(response, valetkey.corsHeaders(head));
  if (!valetkey.serves(head) || FORBIDDEN_METHODS.has(head.method)) return false;
  const { request, parsedBody } = toRequest(message, url);
  const answered = valetkey.fetch(request, { ipAddress: exchange.ipAddress, native: message, parsedBody });
  if (!answered) return false;
  return answered.then(async (found) => {
    await sendResponse(found, response);
    return true;
  });
}

/**
 * Verifies the key of a request to one of the site's routes. Sets the headers of the response if it is allowed.
 */
export function authorizeRoute<User extends SiteUser>(
  exchange: NodeExchange,
  route: MatchedRoute,
  valetkey: AdaptedValetkey<unknown, User>,
): MaybePromise<RequestPrincipal<User> | RefusedResult> {
  const result = valetkey.authorize(new NodeHead(exchange.message, exchange.url), route, exchange);
  // Written without `chain`: most requests end here without a promise, and closures would slow them down.
  return isPromise(result) ? result.then((decided) => settle(decided, exchange)) : settle(result, exchange);
}

function settle<User extends SiteUser>(
  result: AuthorizeResult<User>,
  { message, response }: NodeExchange,
): RequestPrincipal<User> | RefusedResult {
  if (result.kind === 'anonymous') return ANONYMOUS;
  // A key takes precedence: nothing that runs later can read a session from the cookies.
  removeMessageCookies(message);
  if (result.kind === 'refused') return result;
  addHeaders(response, result.headers);
  return result.principal;
}

/** Sends a refusal. */
export async function sendRefusal(
  { message, response, url }: NodeExchange,
  refused: RefusedResult,
  valetkey: AdaptedValetkey,
): Promise<null> {
  addHeaders(response, valetkey.corsHeaders(new NodeHead(message, url)));
  await sendResponse(await refused.response(), response);
  return null;
}

/** Does both: returns null if the request was refused and the response is sent. */
export function guardRoute<User extends SiteUser>(
  exchange: NodeExchange,
  route: MatchedRoute,
  valetkey: AdaptedValetkey<unknown, User>,
): MaybePromise<RequestPrincipal<User> | null> {
  const result = authorizeRoute(exchange, route, valetkey);
  if (isPromise(result)) return result.then((decided) => finish(decided, exchange, valetkey));
  return finish(result, exchange, valetkey);
}

function finish<User extends SiteUser>(
  decided: RequestPrincipal<User> | RefusedResult,
  exchange: NodeExchange,
  valetkey: AdaptedValetkey<unknown, User>,
): MaybePromise<RequestPrincipal<User> | null> {
  return decided.kind === 'refused' ? sendRefusal(exchange, decided, valetkey) : decided;
}
