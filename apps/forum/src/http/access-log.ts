import { stripVTControlCharacters } from 'node:util';
import { redactUrl } from '@valetkey/server';
import type { MiddlewareHandler } from 'hono';
import { logger } from 'hono/logger';

/** The line that Hono's logger prints after a response; it holds the whole URL. */
const LINE = /^--> (\S+) (\S+) (\d{3} \S+)$/;

/**
 * Logs `GET /latest.json 200 3ms` for each request: no query, no header, and `[redacted]` in place of every part of the
 * path that may be a secret (PROTOCOL.md#stored-data).
 */
export function createAccessLog(write: (line: string) => void): MiddlewareHandler {
  return logger((text) => {
    const [, method, url = '', result] = LINE.exec(stripVTControlCharacters(text)) ?? [];
    // A line in any other form is dropped, because its secrets are unknown.
    if (method === undefined) return;
    const [path] = redactUrl(url).split('?', 1);
    write(`${method} ${path} ${result}`);
  });
}
