import type { Valetkey } from '@valetkey/server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { etag } from 'hono/etag';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import { ROUTE_TABLE } from '../routes/route-table.ts';
import { type AccessLogOptions, createAccessLog } from './access-log.ts';
import { type AppParts, authorizeRoute } from './authorize-route.ts';
import { pathWithoutFormat } from './formats.ts';
import { bodyTooLarge, ForumError, notFound, nulCharacter, unreadableBody } from './forum-error.ts';
import { renderError } from './render-error.ts';
import { respond } from './respond.ts';
import type { ForumEnv, Route } from './route.ts';

const MAX_BODY_BYTES = 1_048_576;

/** Creates the HTTP application: Valetkey's own endpoints, then the routes of the table; the first match responds. */
export function createApp(parts: AppParts, log: AccessLogOptions): Hono<ForumEnv> {
  const app = new Hono<ForumEnv>({ getPath: pathWithoutFormat });
  for (const middleware of createAccessLog(log)) app.use(middleware);
  app.use(valetkeyEndpoints(parts.valetkey), securityHeaders, noStore, rejectNul, limitBody);
  for (const route of ROUTE_TABLE)
    app.on(
      route.method,
      route.path,
      routeHeaders(route),
      authorizeRoute(route, parts),
      ...(route.rss || route.ics ? [etag()] : []),
      respond(route),
    );
  app.notFound((c) => renderError(notFound(), c));
  app.onError(renderError);
  return app;
}

/** Serves Valetkey's endpoints, and lets listed origins read every other response. */
const valetkeyEndpoints = (valetkey: Valetkey) =>
  createMiddleware<ForumEnv>(async (c, next) => {
    const request = c.req.raw;
    const own = await valetkey
      .fetch(request, c.env)
      ?.catch(async (error: unknown) => valetkey.withCors(request, await renderError(error, c)));
    if (own) return own;
    await next();
    const readable = valetkey.withCors(request, c.res);
    // Hono copies the headers of a replaced response over those of the new one, unless it is cleared first.
    c.res = undefined;
    c.res = readable;
    return;
  });

const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  // Other sites may show the avatars that the JSON names.
  crossOriginResourcePolicy: false,
  // An app may open the sign-in page in a popup and wait for it to close.
  crossOriginOpenerPolicy: false,
  strictTransportSecurity: false,
  // A route's own header, such as `Referrer-Policy: no-referrer` for a key in a URL, is stricter.
  overwrite: false,
});

const noStore = createMiddleware<ForumEnv>(async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.header('Cache-Control', 'no-cache, no-store');
});

/** Nothing has a name with NUL. */
const rejectNul = createMiddleware<ForumEnv>((c, next) => {
  const [path = '', query = ''] = c.req.raw.url.split('?', 2);
  if (path.includes('%00')) throw notFound();
  if (query.includes('%00')) throw nulCharacter('query');
  return next();
});

const checkBodySize = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError() {
    throw bodyTooLarge(MAX_BODY_BYTES);
  },
});

/** Hono handles an error of `next` before it gets here, so every other error is a body that was cut off. */
const limitBody = createMiddleware<ForumEnv>((c, next) =>
  checkBodySize(c, next).catch((error: unknown) => {
    throw error instanceof ForumError ? error : unreadableBody();
  }),
);

const routeHeaders = ({ headers = {} }: Route) =>
  createMiddleware<ForumEnv>(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
  });
