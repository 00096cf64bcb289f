import type { Html } from '../ui/html.ts';

/** No cache keeps these responses, and no URL with a nonce is sent as referrer (PROTOCOL.md#cache-headers). */
const PRIVATE_HEADERS = {
  'Cache-Control': 'no-store',
  Pragma: 'no-cache',
  Expires: '0',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * No `form-action`: browsers apply it to the complete redirect chain and would block an approval that redirects to
 * `myapp://…` or `http://127.0.0.1:PORT/…` (PROTOCOL.md#consent-page). All forms are our own and escaped.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The language that `layout` has written, so that header and page agree. */
const PAGE_LANGUAGE = /^<!doctype html>\s*<html lang="([A-Za-z0-9-]+)"/;

/** Returns a JSON response that no cache stores. */
export function jsonResponse(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...PRIVATE_HEADERS, 'Content-Type': 'application/json; charset=utf-8', ...headers },
  });
}

/** What a page may do. */
export interface PageOptions {
  /** Allows scripts to send requests to this site. */
  readonly canFetch?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Returns a page with a strict content security policy, which no cache stores and no frame shows. `Content-Language` has the
 * language of the page (RFC 9110 section 8.5).
 */
export async function pageResponse(
  page: Html,
  status = 200,
  { canFetch = false, headers = {} }: PageOptions = {},
): Promise<Response> {
  const text = String(await page);
  const language = PAGE_LANGUAGE.exec(text)?.[1];
  return new Response(text, {
    status,
    headers: {
      ...PRIVATE_HEADERS,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': canFetch ? `${PAGE_POLICY}; connect-src 'self'` : PAGE_POLICY,
      'X-Frame-Options': 'DENY',
      Vary: 'Accept-Language, Cookie',
      ...(language !== undefined && { 'Content-Language': language }),
      ...headers,
    },
  });
}

/** Returns 200 with an empty body. */
export const emptyBody = (): Response => new Response('', { headers: PRIVATE_HEADERS });

/** Returns a file that the browser saves and does not show. */
export function downloadResponse(
  text: string,
  { name, type }: { readonly name: string; readonly type: string },
): Response {
  return new Response(text, {
    headers: {
      ...PRIVATE_HEADERS,
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  });
}

/** Returns 204 without a body. */
export function emptyResponse(): Response {
  return new Response(null, { status: 204, headers: PRIVATE_HEADERS });
}

/** `Response.redirect` rejects custom schemes, so the header is set directly. */
export function redirectResponse(location: string, status: 302 | 303 = 302): Response {
  return new Response(null, { status, headers: { ...PRIVATE_HEADERS, Location: location } });
}
