import type { FastifyPluginAsync, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { isPromise } from '../core/maybe-promise.ts';
import { refuse } from '../core/refusal.ts';
import type { AuthorizeResult } from '../http/authorize.ts';
import { carriesKey } from '../http/endpoints/require-session.ts';
import type { AdaptedValetkey } from './adapted-valetkey.ts';
import { type GuardDeclaration, isDeclaration, type KeyDeclaration } from './fastify-declaration.ts';
import { type RouteParameters, toMatchedRoute } from './guarded-route.ts';
import { NodeHead } from './node-head.ts';
import { removeMessageCookies } from './remove-cookies.ts';
import { ANONYMOUS, type RequestPrincipal } from './request-principal.ts';
import { isVary, joinVary } from './send-response.ts';
import { FORBIDDEN_METHODS, toRequest } from './to-request.ts';

export type { GuardDeclaration, KeyDeclaration } from './fastify-declaration.ts';
export type { Anonymous, RequestPrincipal } from './request-principal.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The user and key of the request, or `anonymous`. Always `anonymous` on routes that are open or for sessions. */
    principal: RequestPrincipal;
  }
  interface FastifyContextConfig {
    /** Who may call this route with a key. Each route must declare it. */
    valetkey?: KeyDeclaration;
  }
}

/** The options of `fastifyKeys`. */
export interface FastifyKeysOptions {
  readonly valetkey: AdaptedValetkey<FastifyRequest>;
  /**
   * Returns the declaration of a route that has none, for routes of other plugins. @default none: the app does not
   * start with such a route
   */
  readonly declare?: (route: {
    readonly method: string | readonly string[];
    readonly url: string;
  }) => KeyDeclaration | undefined;
}

const plugin: FastifyPluginAsync<FastifyKeysOptions> = async (app, { valetkey, declare }) => {
  // A route that exists already would have no guard.
  if (/\w/.test(app.printRoutes({ commonPrefix: false }).replace('(empty tree)', '')))
    throw new Error('Register fastifyKeys before all routes: await app.register(fastifyKeys, { valetkey }).');
  if (app.prefix !== '') throw new Error('Register fastifyKeys on the root instance, without a prefix.');
  app.decorateRequest('principal');

  app.addHook('onRoute', (route) => {
    const declared = route.config?.valetkey ?? declare?.(route);
    if (!isDeclaration(declared)) {
      const name = `${[route.method].flat().join(', ')} ${route.url}`;
      throw new Error(
        `The route ${name} does not declare who may call it. Add config: { valetkey: {} } for keys and sessions, ` +
          `'session' for sessions only, or 'open' for everybody.`,
      );
    }
    if (declared === 'open') return;
    const guard = declared === 'session' ? refuseKeys : createGuard(declared, route.url);
    route.onRequest = [...[route.onRequest ?? []].flat(), guard];
  });

  app.addHook('onRequest', (request, reply, done) => {
    request.principal = ANONYMOUS;
    const head = new NodeHead(request.raw, request.originalUrl);
    setHeaders(reply, valetkey.corsHeaders(head));
    if (!valetkey.serves(head) || FORBIDDEN_METHODS.has(head.method)) return done();
    // This hook runs before all body parsers.
    const { request: converted, parsedBody } = toRequest(request.raw, request.originalUrl);
    const context = { ipAddress: request.ip, native: request, parsedBody };
    const response = valetkey.fetch(converted, context);
    if (response) response.then((found) => send(reply, found)).catch(done);
    else done();
  });

  const refuseKeys: onRequestHookHandler = (request, reply, done) => {
    const head = new NodeHead(request.raw, request.originalUrl);
    if (!carriesKey(head)) return done();
    valetkey
      .renderRefusal(refuse('session_required'), undefined, head)
      .then((response) => send(reply, response))
      .catch(done);
  };

  function createGuard({ route, format, parameters }: GuardDeclaration, url: string): onRequestHookHandler {
    const named = { name: route ?? url, ...(format !== undefined && { format }) };
    const readParameters = parameters ? createRename(parameters) : (params: RouteParameters) => params;
    return (request, reply, done) => {
      const matched = toMatchedRoute(named, readParameters(request.params as RouteParameters));
      const head = new NodeHead(request.raw, request.originalUrl);
      const apply = (result: AuthorizeResult): void => {
        // A key takes precedence: nothing that runs later can read a session from the cookies.
        if (result.kind !== 'anonymous') removeMessageCookies(request.raw);
        if (result.kind === 'refused') {
          result
            .response()
            .then((response) => send(reply, response))
            .catch(done);
          return;
        }
        if (result.kind === 'key') {
          setHeaders(reply, result.headers);
          request.principal = result.principal;
        }
        done();
      };
      const result = valetkey.authorize(head, matched, { ipAddress: request.ip });
      if (isPromise(result)) result.then(apply, done);
      else apply(result);
    };
  }
};

/** Returns a function that gives the parameters of a path the names that scopes use. */
function createRename(names: Readonly<Record<string, string>>): (params: RouteParameters) => RouteParameters {
  const pairs = Object.entries(names);
  return (params) => Object.fromEntries(pairs.map(([name, inPath]) => [name, params[inPath]]));
}

function setHeaders(reply: FastifyReply, headers: Readonly<Record<string, string>>): void {
  for (const name in headers) {
    const value = headers[name] as string;
    reply.header(name, isVary(name) ? joinVary(reply.getHeader(name), value) : value);
  }
}

/** Sends a fetch-style response through the reply, so that the hooks `onSend` run. */
async function send(reply: FastifyReply, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  const { 'set-cookie': _, ...headers } = Object.fromEntries(response.headers);
  setHeaders(reply.code(response.status), headers);
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  reply.send(body);
}

/**
 * The plugin for an app of Fastify 5. It serves Valetkey's endpoints and pages, and guards each route according to its
 * `config.valetkey`. The app does not start if a route declares nothing. Register the plugin before all routes, and
 * after your session plugin.
 *
 * @example
 * ```ts
 * await app.register(fastifyKeys, { valetkey });
 * app.get('/photos/:id', { config: { valetkey: { route: 'photos#show' } } }, async (request) => request.principal);
 * app.get('/health', { config: { valetkey: 'open' } }, async () => 'ok');
 * ```
 */
export const fastifyKeys: FastifyPluginAsync<FastifyKeysOptions> = Object.assign(plugin, {
  // The hooks belong to the instance that registers the plugin.
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: '@valetkey/server/fastify',
  [Symbol.for('plugin-meta')]: { name: '@valetkey/server/fastify', fastify: '5.x' },
});
