import { ValetkeyError } from '@valetkey/protocol';
import { ERROR_CATALOGUE, errorBody } from '@valetkey/protocol/messages';
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Html, layout } from '../pages/layout.ts';
import { formatOf, isFromProgram, JSON_HEADERS } from './formats.ts';
import { ForumError } from './forum-error.ts';

interface RenderedError {
  readonly status: number;
  readonly sentences: readonly string[];
  readonly body: object;
}

/** Renders an error as Discourse's JSON, or as a page with the same status and sentences. */
export function renderError(error: unknown, c: Context): Response | Promise<Response> {
  const { status, sentences, body } = describe(error);
  if (error instanceof ForumError && error.retryAfterSeconds !== null)
    c.header('Retry-After', String(error.retryAfterSeconds));
  const isPage = (c.get('format') ?? formatOf(c.req.raw)) === 'html' && !isFromProgram(c.req.raw);
  const code = status as ContentfulStatusCode;
  return isPage ? c.html(errorPage(sentences), code) : c.json(body, code, JSON_HEADERS);
}

function describe(error: unknown): RenderedError {
  if (error instanceof ForumError)
    return { status: error.status, sentences: error.errors, body: error.toJSON() };
  if (error instanceof ValetkeyError) return describeValetkeyError(error);
  // The stack contains no request, and so no secret.
  console.error(error);
  return describeValetkeyError(new ValetkeyError('internal_error'));
}

function describeValetkeyError({ code, details }: ValetkeyError): RenderedError {
  const body = errorBody(code, details);
  return { status: ERROR_CATALOGUE[code].status, sentences: [...body.errors, body.advice], body };
}

function errorPage(sentences: readonly string[]): Html {
  const title = 'The request failed';
  const content = html`<h1>${title}</h1>
    ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
    <p><a href="/">Back to the topics</a></p>`;
  return layout({ title, content, user: undefined, csrfToken: null, unreadCount: 0 });
}
