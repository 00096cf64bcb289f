/**
 * Returns the request without its cookies, because a key takes precedence (PROTOCOL.md#using-a-key). Changes the request
 * itself where the platform allows it.
 */
export function removeCookies(request: Request): Request {
  try {
    request.headers.delete('cookie');
    return request;
  } catch {
    const headers = new Headers(request.headers);
    headers.delete('cookie');
    return new Request(request, { headers });
  }
}
