import { type AccessLogEntry, chooseRequestId, describeAccess, REQUEST_ID } from '@valetkey/server/monitor';
import type { MiddlewareHandler } from 'hono';
import type { ForumEnv } from './route.ts';

/** Where the access log goes. */
export interface AccessLogOptions {
  /** Called once per request, after its response. @default nothing is logged */
  readonly accessLog?: ((entry: AccessLogEntry) => void) | undefined;
  /** Returns milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Creates the middleware that logs each request. Its response has the id of the request as `X-Request-Id`: the one that
 * a trusted proxy sent, or a new one.
 */
export function createAccessLog({ accessLog, now }: AccessLogOptions): MiddlewareHandler<ForumEnv>[] {
  if (!accessLog) return [];
  const log: MiddlewareHandler<ForumEnv> = async (c, next) => {
    const { method, url } = c.req.raw;
    const { isFromProxy = false } = c.env;
    const requestId = chooseRequestId(c.req.header(REQUEST_ID), () => isFromProxy);
    const startedAt = performance.now();
    await next();
    c.header(REQUEST_ID, requestId);
    const { pathname } = new URL(url);
    const ms = performance.now() - startedAt;
    accessLog(describeAccess({ requestId, method, url: pathname, status: c.res.status, ms, now: now() }));
  };
  return [log];
}
