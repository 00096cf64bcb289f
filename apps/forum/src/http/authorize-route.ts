import { ValetkeyError } from '@valetkey/protocol';
import type { Valetkey } from '@valetkey/server';
import { createMiddleware } from 'hono/factory';
import { isSuspended, type User } from '../data/users.ts';
import type { Forum } from '../forum-parts.ts';
import { formatFor, JSON_HEADERS } from './formats.ts';
import { notLoggedIn } from './forum-error.ts';
import { returnPath } from './local-path.ts';
import { type Body, readBody, readText } from './read-body.ts';
import type { ForumEnv, Route, RouteContext } from './route.ts';
import { readSessionCookie } from './session-cookie.ts';

/** The parts that the HTTP application needs. */
export interface AppParts {
  readonly forum: Forum;
  readonly valetkey: Valetkey;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Authenticates a request and makes the context of its handler: by its key alone if it carries one, else by the browser's
 * session and, where something changes, its CSRF token.
 */
export function authorizeRoute(route: Route, { forum, valetkey, now }: AppParts) {
  return createMiddleware<ForumEnv>(async (c, next) => {
    const request = c.req.raw;
    const format = formatFor(route, request);
    c.set('format', format);
    const parameters = c.req.param();
    const { name, boundFields = [] } = route;
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    // First, so that a key or session that ends while the body arrives is rejected.
    const body = isReading ? {} : await readBody(request);
    const bound = { ...textsOf(body, boundFields), ...parameters };
    const authorized = await valetkey.authorize(request, { name, format, parameters: bound }, c.env);
    if (authorized.kind === 'refused') return authorized.response();

    const query = new URL(request.url).searchParams;
    const { ipAddress } = c.env;
    const base = { c, forum, valetkey, ipAddress, parameters, query, body, now: now() };
    if (authorized.kind === 'key') {
      if (route.who === 'session' || route.who === 'admin session')
        throw new ValetkeyError('session_required');
      c.set('context', {
        ...base,
        user: forum.users.find(Number(authorized.principal.user.id)),
        session: null,
      });
      await next();
      for (const [header, value] of Object.entries(authorized.headers)) c.header(header, value);
      return;
    }

    const sessionId = readSessionCookie(request);
    const session = await forum.sessions.find(sessionId);
    if (route.method !== 'GET') {
      // Without a session nothing can be forged, so the reason is that nobody is signed in.
      if (!session && route.who !== 'session') throw notLoggedIn();
      // A token in the URL is ignored, because URLs leak.
      const token = request.headers.get('x-csrf-token') ?? readText(body, 'authenticity_token');
      if (!session || !valetkey.verifyCsrfToken(sessionId, token)) {
        if (format === 'html') throw new ValetkeyError('csrf_invalid');
        // Discourse's exact response to a missing or stale token.
        return c.json(['BAD CSRF'], 403, JSON_HEADERS);
      }
    }
    const user = await findActiveUser(session?.userId ?? null);
    if (!user && route.method === 'GET' && format === 'html' && needsUser(route))
      return c.redirect(`/login?return_to=${encodeURIComponent(returnPath(request.url))}`, 303);
    const context: RouteContext = { ...base, user, session };
    c.set('context', context);
    await next();
  });

  async function findActiveUser(userId: number | null): Promise<User | null> {
    const user = userId === null ? null : await forum.users.findCurrent(userId);
    return user && !isSuspended(user, now()) ? user : null;
  }
}

const needsUser = ({ who }: Route): boolean => who === 'user' || who === 'admin session';

/** Returns these fields as the handler reads them, without absent ones. */
function textsOf(body: Body, names: readonly string[]): Record<string, string> {
  const texts = names.map((name) => [name, readText(body, name)] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}
