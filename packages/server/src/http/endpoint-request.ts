import type { RawParameters } from '@valetkey/protocol';
import { withoutMapping } from '../core/ip/ip-address.ts';
import type { RequestContext } from '../ports/site.ts';
import { collect, readBody } from './read-body.ts';
import { pathOf, type RequestHead } from './request-head.ts';

/** A request to one of the endpoints, read once. */
export interface EndpointRequest {
  readonly raw: Request;
  /** The site’s context, for `findSession`. */
  readonly context: RequestContext;
  readonly ipAddress: string;
  /** `.json` in the path, `Accept: application/json`, or a change with a key. */
  readonly wantsJson: boolean;
  /** The `:name` parts of the path, decoded once. */
  readonly pathParameters: Readonly<Record<string, string>>;
  /** The parameters of query and body, without the CSRF token. */
  readonly parameters: RawParameters;
  /** The parameters of the body, for values that must not be in a URL. */
  readonly body: RawParameters;
  /** From `X-CSRF-Token` or the body's `authenticity_token`; never from a URL. */
  readonly csrfToken: string | null;
  /** Path and query on this site, for the return after sign-in, without a key in the query. */
  readonly returnTo: string;
}

export function wantsJson(request: RequestHead): boolean {
  return pathOf(request.url).endsWith('.json') || acceptsJson(request) || isChangeWithKey(request);
}

/** No form of a browser can send these headers. Many apps do not name JSON in `Accept`. */
function isChangeWithKey({ method, headers }: Pick<RequestHead, 'method' | 'headers'>): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return headers.get('user-api-key') !== null || /^bearer /i.test(headers.get('authorization') ?? '');
}

function acceptsJson({ headers }: Pick<RequestHead, 'headers'>): boolean {
  return (headers.get('accept') ?? '').toLowerCase().includes('application/json');
}

/** @throws ValetkeyError `parameter_invalid`, `body_unreadable`, `body_too_large`, `body_already_read` */
export async function readEndpointRequest(
  raw: Request,
  context: RequestContext,
  {
    readsRequest = false,
    maxBodyBytes,
  }: { readonly readsRequest?: boolean; readonly maxBodyBytes?: number } = {},
): Promise<Omit<EndpointRequest, 'pathParameters'>> {
  const url = new URL(raw.url);
  const query = collect(url.searchParams);
  const { authenticity_token: formToken, ...body } = readsRequest
    ? {}
    : await readBody(raw, context.parsedBody, maxBodyBytes);
  const headerToken = raw.headers.get('x-csrf-token');
  return {
    raw,
    context,
    ipAddress: withoutMapping(context.ipAddress),
    wantsJson: wantsJson(raw),
    parameters: collect([...Object.entries(query), ...Object.entries(body)]),
    body,
    csrfToken: headerToken ?? (typeof formToken === 'string' ? formToken : null),
    returnTo: localPathOf(url),
  };
}

const KEY_PARAMETERS = ['user_api_key', 'api_key'];

/** Returns path and query of a URL, without a key in the query. */
export function localPathOf({ pathname, search }: URL): string {
  const query = new URLSearchParams(search);
  // Keeps every other query byte for byte.
  if (!KEY_PARAMETERS.some((name) => query.has(name))) return pathname + search;
  for (const name of KEY_PARAMETERS) query.delete(name);
  return query.size === 0 ? pathname : `${pathname}?${query}`;
}
