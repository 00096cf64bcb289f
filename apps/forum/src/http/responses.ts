import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import { type Html, layout } from '../pages/layout.ts';
import type { Format } from './formats.ts';
import type { ForumError } from './forum-error.ts';

const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function jsonResponse(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-cache, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

export async function pageResponse(page: Html, status = 200): Promise<Response> {
  return new Response(String(await page), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-cache, no-store',
      'Content-Security-Policy': PAGE_POLICY,
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** After a form: the browser fetches the next page with GET. */
export function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path } });
}

export function textResponse(text: string, type: string): Response {
  return new Response(text, {
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Cache-Control': 'public, max-age=3600',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** For programs that ask again and again: the text, or 304 if they have it already. */
export function feedResponse(request: Request, text: string, type: string): Response {
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  const known = (request.headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim());
  const headers = { ETag: etag, 'Cache-Control': 'private, no-cache', 'X-Content-Type-Options': 'nosniff' };
  if (known.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag))
    return new Response(null, { status: 304, headers });
  return new Response(text, { headers: { ...headers, 'Content-Type': `${type}; charset=utf-8` } });
}

/** Discourse's JSON for a refusal, or a page that says the same. */
export async function errorResponse(error: ForumError, format: Format): Promise<Response> {
  const response = await (format === 'html' ? errorPage(error) : errorJson(error));
  if (error.retryAfterSeconds !== null) response.headers.set('Retry-After', String(error.retryAfterSeconds));
  return response;
}

function errorJson({ status, errors, errorType, details }: ForumError): Response {
  return jsonResponse({ ...details, errors, ...(errorType && { error_type: errorType }) }, status);
}

function errorPage({ status, errors }: ForumError): Promise<Response> {
  const page = html`<h1>That did not work</h1>
    ${errors.map((sentence) => html`<p>${sentence}</p>`)}
    <p><a href="/">Back to the topics</a></p>`;
  return pageResponse(
    layout({ title: 'That did not work', content: page, user: undefined, csrfToken: null }),
    status,
  );
}

/** Discourse's very answer to a missing or stale token. */
export const badCsrf = (): Response => jsonResponse(['BAD CSRF'], 403);
