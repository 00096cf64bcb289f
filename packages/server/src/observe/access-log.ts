import { redactUrl } from '../core/redact/redact-url.ts';

/** One line of an access log. It contains no query, header, cookie or key. */
export interface AccessLogEntry {
  /** When the response ended, in ISO 8601. */
  readonly time: string;
  /** As in the header `X-Request-Id` of the response. */
  readonly requestId: string;
  /** `_OTHER` for a method in an unusual form. */
  readonly method: string;
  /** Parts that may be a secret are replaced by `[redacted]`. */
  readonly path: string;
  /** 0 if no response was sent. */
  readonly status: number;
  /** From the arrival of the headers to the end of the response, in milliseconds. */
  readonly ms: number;
}

/** A request whose response has ended. */
export interface EndedRequest {
  readonly requestId: string;
  readonly method: string;
  /** As received. */
  readonly url: string;
  readonly status: number;
  readonly ms: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const METHOD = /^[A-Z-]{1,20}$/;
/** Longer than the paths of any site; a request may have a path as large as all its headers. */
const MAX_PATH = 1_000;

/**
 * Returns the entry of a request for the access log. `JSON.stringify` of it is one line, whatever the request contains.
 *
 * @example
 * ```ts
 * const ended = { requestId: 'f00d', method: 'GET', url: '/latest.json?page=2', status: 200, ms: 3.2, now: 0 };
 * const line = JSON.stringify(describeAccess(ended));
 * // {"time":"1970-01-01T00:00:00.000Z","requestId":"f00d","method":"GET","path":"/latest.json","status":200,"ms":3}
 * ```
 */
export function describeAccess({ requestId, method, url, status, ms, now }: EndedRequest): AccessLogEntry {
  const [redacted = ''] = redactUrl(url).split('?', 1);
  // Other characters could control the terminal that shows the log.
  const path = redacted.replace(/[^ -~]/g, '?');
  return {
    time: new Date(now).toISOString(),
    requestId,
    method: METHOD.test(method) ? method : '_OTHER',
    path: path.length > MAX_PATH ? `${path.slice(0, MAX_PATH)}...` : path,
    status,
    ms: Math.round(ms),
  };
}
