import {
  ERROR_CATALOGUE,
  type ErrorCode,
  type ErrorDetails,
  errorBody,
  ValetkeyError,
} from '@valetkey/protocol';
import type { RequestContext, Valetkey } from '@valetkey/server';
import { type Context, Hono } from 'hono';
import { isSuspended, type User } from '../data/users.ts';
import type { Forum } from '../forum-parts.ts';
import { ROUTE_TABLE } from '../routes/route-table.ts';
import { readSessionCookie } from './cookies.ts';
import { bringsCsrfToken } from './csrf-token.ts';
import { type Format, formatFor, formatOf, pathWithoutFormat } from './formats.ts';
import { ForumError, notAllowed, notFound, notLoggedIn } from './forum-error.ts';
import { wayBack } from './local-path.ts';
import { type Body, readBody, readText } from './read-body.ts';
import { badCsrf, errorResponse, jsonResponse, pageResponse, seeOther } from './responses.ts';
import type { Route, RouteContext, UserContext } from './route.ts';

type Env = { Bindings: RequestContext };

/**
 * One request from beginning to end: Valetkey's own endpoints, then the matched route, judged by its key alone if it
 * carries one, else by the browser's session.
 */
export function createDispatch(forum: Forum, valetkey: Valetkey, now: () => number) {
  const app = new Hono<Env>({ getPath: pathWithoutFormat });
  for (const route of ROUTE_TABLE)
    app.on(route.method, route.path, async (c) => {
      const response = await run(route, c).catch((error) => refuse(error, formatFor(route, c.req.raw)));
      for (const [name, value] of Object.entries(route.headers ?? {})) response.headers.set(name, value);
      return response;
    });
  app.notFound((c) => errorResponse(notFound(), formatOf(c.req.raw)));
  app.onError((error, c) => refuse(error, formatOf(c.req.raw)));

  async function run(route: Route, c: Context<Env>): Promise<Response> {
    const request = c.req.raw;
    const format = formatFor(route, request);
    const parameters = c.req.param();
    const { name, judgedFields } = route;
    const judgedBody = judgedFields && (await readBody(request));
    const judged = { ...judgedTexts(judgedBody ?? {}, judgedFields ?? []), ...parameters };
    const guarded = await valetkey.guard(request, { name, format, parameters: judged }, c.env);
    if (guarded.kind === 'refused') return guarded.response;

    const isReading = request.method === 'GET' || request.method === 'HEAD';
    const body = judgedBody ?? (isReading ? {} : await readBody(request));
    const base = {
      forum,
      valetkey,
      request,
      ipAddress: c.env.ipAddress,
      parameters,
      query: new URL(request.url).searchParams,
      body,
      now: now(),
    };
    if (guarded.kind === 'key') {
      if (route.who === 'session' || route.who === 'admin session')
        return refusal('session_required', format);
      const user = forum.users.find(Number(guarded.principal.user.id));
      const response = await answer(route, { ...base, user, session: null, cookies: [] }, format);
      for (const [name, value] of Object.entries(guarded.headers)) response.headers.set(name, value);
      return response;
    }

    const session = forum.sessions.find(readSessionCookie(request) ?? '');
    if (route.method !== 'GET') {
      // Without a cookie there is nothing to forge: then the reason is that nobody is signed in.
      if (!session && route.who !== 'session') throw notLoggedIn();
      if (!session || !bringsCsrfToken(request, body, session)) {
        return format === 'html' ? refusal('csrf_invalid', format) : badCsrf();
      }
    }
    const user = personOf(session?.userId ?? null);
    if (!user && route.method === 'GET' && format === 'html' && needsUser(route)) {
      return seeOther(`/login?return_to=${encodeURIComponent(wayBack(request.url))}`);
    }
    const context = { ...base, user, session, cookies: [] };
    const response = await answer(route, context, format);
    for (const cookie of context.cookies) response.headers.append('Set-Cookie', cookie);
    return response;
  }

  function personOf(userId: number | null): User | null {
    const user = userId === null ? null : forum.users.find(userId);
    return user && !isSuspended(user, now()) ? user : null;
  }

  return async (request: Request, context: RequestContext): Promise<Response> => {
    const ours = await valetkey
      .fetch(request, context)
      .catch(async (error) => valetkey.withCors(request, await refuse(error, formatOf(request))));
    return ours ?? valetkey.withCors(request, await app.fetch(request, context));
  };
}

const needsUser = ({ who }: Route): boolean => who === 'user' || who === 'admin session';
/** What stands in these fields, as their handler reads it; an absent one is not among them. */
function judgedTexts(body: Body, names: readonly string[]): Record<string, string> {
  const texts = names.map((name) => [name, readText(body, name)] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

/** What the route answers; a refusal is an answer too, and gets the same headers. */
async function answer(route: Route, context: RouteContext, format: Format): Promise<Response> {
  try {
    const result = await callHandler(route, context, format);
    if (result instanceof Response) return result;
    return format === 'html'
      ? await pageResponse(result as Parameters<typeof pageResponse>[0])
      : jsonResponse(result);
  } catch (error) {
    return refuse(error, format);
  }
}

function callHandler(route: Route, context: RouteContext, format: Format): unknown {
  if (route.who === 'public' || route.who === 'session') {
    const handler = route[format];
    if (!handler) throw notFound();
    return handler(context);
  }
  const handler = route[format];
  if (!handler) throw notFound();
  return handler(proveUser(route.who, context));
}

function proveUser(who: 'user' | 'admin session', context: RouteContext): UserContext {
  const { user } = context;
  if (!user) throw notLoggedIn();
  if (who === 'admin session' && !user.isAdmin) throw notAllowed();
  return { ...context, user };
}

function refusal(code: ErrorCode, format: Format, details?: ErrorDetails): Response | Promise<Response> {
  const body = errorBody(code, details);
  const { status } = ERROR_CATALOGUE[code];
  if (format !== 'html') return jsonResponse(body, status);
  return errorResponse(new ForumError(status, [...body.errors, body.advice]), format);
}

function refuse(error: unknown, format: Format): Response | Promise<Response> {
  if (error instanceof ForumError) return errorResponse(error, format);
  if (error instanceof ValetkeyError) return refusal(error.code, format, error.details);
  // The stack is for whoever runs the forum; it holds no request, and so no secret.
  console.error(error);
  return refusal('internal_error', format);
}
