import { ERROR_CATALOGUE, errorBody } from '@valetkey/protocol/messages';
import { redactDetails } from '../core/redact/redact-text.ts';
import type { Provider } from '../issue/provider.ts';
import { errorPage } from '../ui/pages/error-page.ts';
import type { Refusal } from '../verify/verify-result.ts';
import { createPageContext } from './page-context.ts';
import { jsonResponse, pageResponse } from './responses.ts';

/** A refusal as JSON, in the form existing clients read. */
export function refusalResponse({ code, details = {} }: Refusal): Response {
  const body = errorBody(code, redactDetails(details));
  const extras = code === 'rate_limited' ? { extras: { wait_seconds: details.wait_seconds } } : {};
  return jsonResponse(
    { ...body, ...extras },
    ERROR_CATALOGUE[code].status,
    refusalHeaders({ code, details }),
  );
}

/** The same on a page, with the same status. */
export async function refusalPage(
  { code, details = {} }: Refusal,
  request: Request,
  provider: Provider,
): Promise<Response> {
  const page = errorPage({ code, details }, createPageContext(request, null, provider));
  return pageResponse(page, ERROR_CATALOGUE[code].status, { headers: refusalHeaders({ code, details }) });
}

/** Only the limits of keys have names in Discourse. */
const LIMITERS: Readonly<Record<string, string>> = {
  minute: 'user_api_key_limiter_60_secs',
  day: 'user_api_key_limiter_1_day',
  admin_minute: 'admin_api_key_rate_limit',
};

/** Returns the headers of a 429 or 503: when to retry, and which limit of a key was exceeded (PROTOCOL.md section 5). */
export function refusalHeaders({ code, details = {} }: Refusal): Record<string, string> {
  if (code === 'store_unavailable') return { 'Retry-After': '1' };
  if (code !== 'rate_limited') return {};
  const limiter = LIMITERS[String(details.window)];
  return {
    'Retry-After': String(details.wait_seconds),
    ...(limiter !== undefined && { 'Discourse-Rate-Limit-Error-Code': limiter }),
  };
}
