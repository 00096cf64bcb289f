import { ERROR_CATALOGUE, errorBody } from '@valetkey/protocol/messages';
import { redactDetails } from '../core/redact/redact-text.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Provider } from '../issue/provider.ts';
import { errorPage } from '../ui/pages/error-page.ts';
import { createPageContext } from './page-context.ts';
import type { RequestHead } from './request-head.ts';
import { jsonResponse, pageResponse } from './responses.ts';

/** Returns the HTTP status of a refusal. */
export const refusalStatus = ({ code }: Pick<Refusal, 'code'>): number => ERROR_CATALOGUE[code].status;

/** Discourse’s names for the limits of keys. */
const LIMITERS: Readonly<Record<string, string>> = {
  minute: 'user_api_key_limiter_60_secs',
  day: 'user_api_key_limiter_1_day',
  admin_minute: 'admin_api_key_rate_limit',
};

/** Temporary failures of the database or of the server that counts. */
const RETRY_SOON: ReadonlySet<string> = new Set([
  'store_unavailable',
  'limits_unavailable',
  'revocation_not_stored',
]);

/** Returns the headers of a 429 or 503: when to retry, and which limit was exceeded (PROTOCOL.md#rate-limits). */
export function refusalHeaders({ code, details }: Refusal): Record<string, string> {
  if (RETRY_SOON.has(code)) return { 'Retry-After': '1' };
  if (code !== 'rate_limited' && code !== 'too_many_approvals') return {};
  const limiter = LIMITERS[String(details.window)];
  return {
    'Retry-After': String(details.wait_seconds),
    ...(limiter !== undefined && { 'Discourse-Rate-Limit-Error-Code': limiter }),
  };
}

/** Returns the JSON body of a refusal, in the form that existing clients read. */
export function refusalBody({ code, details }: Refusal): Record<string, unknown> {
  const extras = code === 'rate_limited' ? { extras: { wait_seconds: details.wait_seconds } } : {};
  return { ...errorBody(code, redactDetails(details)), ...extras };
}

/** Renders a refusal as JSON. */
export const refusalResponse = (refusal: Refusal): Response =>
  jsonResponse(refusalBody(refusal), refusalStatus(refusal), refusalHeaders(refusal));

/** Renders a refusal as a page, with the same status and headers. The page repeats no input. */
export async function refusalPage(refusal: Refusal, request: Request, provider: Provider): Promise<Response> {
  // Without the language switch, which would repeat the URL: it may contain a secret.
  const context = { ...(await createPageContext(request, null, provider)), returnTo: null };
  return pageResponse(errorPage(refusal, context), refusalStatus(refusal), {
    headers: refusalHeaders(refusal),
  });
}

/**
 * Renders a refusal: as a page for the format `html`, else as JSON.
 *
 * @param request a `Request`, or its method, URL and headers; it determines the language of the page
 */
export async function renderRefusal(
  refusal: Refusal,
  format: string | undefined,
  request: RequestHead,
  provider: Provider,
): Promise<Response> {
  if (format !== 'html') return refusalResponse(refusal);
  return refusalPage(refusal, toRequest(request, provider.site.baseUrl), provider);
}

function toRequest(request: RequestHead, baseUrl: string): Request {
  if (request instanceof Request) return request;
  const language = request.headers.get('accept-language');
  return new Request(new URL(request.url, baseUrl), {
    headers: language === null ? {} : { 'Accept-Language': language },
  });
}
