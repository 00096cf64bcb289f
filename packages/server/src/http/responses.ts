import type { Html } from '../ui/html.ts';

/** Sections 2, 3, 7 and 8: no cache keeps these answers, and no URL with a nonce in it is passed on. */
const PRIVATE_HEADERS = {
  'Cache-Control': 'no-store',
  Pragma: 'no-cache',
  Expires: '0',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * No `form-action`: browsers hold it against the whole redirect chain, so an Approve that leads to `myapp://…` or
 * `http://127.0.0.1:PORT/…` would die in silence (PROTOCOL.md section 3). Every form here is ours and escaped.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function jsonResponse(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...PRIVATE_HEADERS, 'Content-Type': 'application/json; charset=utf-8', ...headers },
  });
}

/** What a page does beside showing itself. */
export interface PageOptions {
  /** Its script asks this site while somebody types. */
  readonly canFetch?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function pageResponse(
  page: Html,
  status = 200,
  { canFetch = false, headers = {} }: PageOptions = {},
): Promise<Response> {
  return new Response(String(await page), {
    status,
    headers: {
      ...PRIVATE_HEADERS,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': canFetch ? `${PAGE_POLICY}; connect-src 'self'` : PAGE_POLICY,
      'X-Frame-Options': 'DENY',
      ...headers,
    },
  });
}

/** Done, and there is nothing to say about it. */
export function emptyResponse(): Response {
  return new Response(null, { status: 204, headers: PRIVATE_HEADERS });
}

/** A custom scheme is no URL that `Response.redirect` would take, so the header is set as it is. */
export function redirectResponse(location: string, status: 302 | 303 = 302): Response {
  return new Response(null, { status, headers: { ...PRIVATE_HEADERS, Location: location } });
}
