import type { IncomingMessage } from 'node:http';

/** Removes the cookies of a request of Node's HTTP server, because a key takes precedence. */
export function removeMessageCookies({ headers }: IncomingMessage): void {
  // Checked first: `delete` makes all later reads of the object slow.
  if (headers.cookie !== undefined) delete headers.cookie;
}

/**
 * Returns the request without its cookies, because a key takes precedence (PROTOCOL.md#using-a-key). Changes the request
 * itself where the platform allows it.
 */
export function removeCookies(request: Request): Request {
  if (!request.headers.has('cookie')) return request;
  try {
    request.headers.delete('cookie');
    return request;
  } catch {
    const headers = new Headers(request.headers);
    headers.delete('cookie');
    return new Request(request, { headers });
  }
}
