import { stripVTControlCharacters } from 'node:util';
import { redactUrl } from '@valetkey/server';
import type { MiddlewareHandler } from 'hono';
import { logger } from 'hono/logger';
import { requestId } from 'hono/request-id';

/** Where the access log goes. */
export interface AccessLogOptions {
  /** Called with one line per request. @default nothing is logged */
  readonly accessLog?: ((line: string) => void) | undefined;
  /** Whether the `X-Request-Id` of a request is used. Otherwise a client could choose it. @default false */
  readonly isBehindProxy?: boolean | undefined;
}

/** The line that Hono's logger prints after a response; it holds the whole URL. */
const LINE = /^--> (\S+) (\S+) (\d{3} \S+)$/;

/**
 * Logs `GET /latest.json 200 3ms 018f…` for each request: no query, no header, and `[redacted]` in place of every part of
 * the path that may be a secret (PROTOCOL.md#stored-data). The last word is the id of the request, which the response has as
 * `X-Request-Id`.
 */
export function createAccessLog({ accessLog, isBehindProxy = false }: AccessLogOptions): MiddlewareHandler[] {
  if (!accessLog) return [];
  const assignId = requestId(isBehindProxy ? {} : { headerName: '' });
  const log: MiddlewareHandler = async (c, next) => {
    await logger((text) => {
      const [, method, url = '', result] = LINE.exec(stripVTControlCharacters(text)) ?? [];
      // A line in any other form is dropped, because its secrets are unknown.
      if (method === undefined) return;
      const [path] = redactUrl(url).split('?', 1);
      accessLog(`${method} ${path} ${result} ${c.get('requestId')}`);
    })(c, next);
    c.header('X-Request-Id', c.get('requestId'));
  };
  return [assignId, log];
}
