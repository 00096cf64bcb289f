import type { Context, Handler } from 'hono';
import type { Html } from '../pages/layout.ts';
import { type Format, JSON_HEADERS } from './formats.ts';
import { notAllowed, notFound, notLoggedIn } from './forum-error.ts';
import type { ForumEnv, Route, RouteContext, UserContext } from './route.ts';

const FEED_TYPES = { rss: 'application/rss+xml', ics: 'text/calendar' } as const;

/** Returns the handler that runs a route in the format that was requested. */
export function respond(route: Route): Handler<ForumEnv> {
  return async (c) => {
    const format = c.get('format');
    const result = await callHandler(route, c.get('context'), format);
    if (result instanceof Response) return result;
    if (format === 'html') return c.html(result as Html);
    if (format === 'json') return c.json(result as object, 200, JSON_HEADERS);
    return c.body(result as string, 200, {
      'Content-Type': `${FEED_TYPES[format]}; charset=utf-8`,
      'Cache-Control': 'private, no-cache',
    });
  };
}

/** Responds with a text that caches may share, such as a stylesheet. */
export const respondPublic = (c: Context, text: string, type: string): Response =>
  c.body(text, 200, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'public, max-age=3600' });

/** @throws ForumError 404 for a format that the route lacks, 403 if this user may not use the route */
function callHandler(route: Route, context: RouteContext, format: Format): unknown {
  if (route.who === 'public' || route.who === 'session') {
    const handler = route[format];
    if (!handler) throw notFound();
    return handler(context);
  }
  const handler = route[format];
  if (!handler) throw notFound();
  return handler(requireUser(route.who, context));
}

function requireUser(who: 'user' | 'admin session', context: RouteContext): UserContext {
  const { user } = context;
  if (!user) throw notLoggedIn();
  if (who === 'admin session' && !user.isAdmin) throw notAllowed();
  return { ...context, user };
}
