import { isIP } from 'node:net';
import type { HeaderReader, RequestHead } from '../request-head.ts';

/** The kinds of proxies, by the headers with which they ask. */
export type ProxyKind = 'nginx' | 'forwarded' | 'envoy';

/** The request that a proxy asks about. */
export interface AskedRequest {
  readonly head: RequestHead;
  readonly ipAddress: string;
  /** Identifies the request of the client, if the proxy asks about it several times; null if it asks once. */
  readonly requestId: string | null;
}

/** The headers that a kind of proxy sets. No other header is read. */
const HEADERS = {
  nginx: { method: 'x-original-method', uri: 'x-original-uri' },
  forwarded: { method: 'x-forwarded-method', uri: 'x-forwarded-uri' },
} as const;
const ADDRESS = 'x-forwarded-for';

/**
 * Returns the request that a proxy asks about, from the headers that this type of proxy uses. Returns the name of a header
 * that is missing, occurs twice or is malformed: then the proxy is configured wrongly, and nothing may be decided.
 *
 * @param request of the proxy
 * @param below for Envoy: the path and query behind the address of the endpoint
 */
export function readAskedRequest(
  kind: ProxyKind,
  { method: ownMethod, headers }: RequestHead,
  below: string,
): AskedRequest | { readonly faulty: string } {
  const { method: methodName, uri } = kind === 'envoy' ? { method: null, uri: null } : HEADERS[kind];
  const method = methodName === null ? ownMethod : headers.get(methodName);
  if (method === null || !isMethod(method)) return { faulty: methodName ?? 'method' };
  const url = uri === null ? below : headers.get(uri);
  // Repeated headers are joined with a comma and a space, which no URI contains.
  if (url === null || url === '' || /\s/.test(url)) return { faulty: uri ?? 'path' };
  if (headers.get('host') === null) return { faulty: 'host' };
  const ipAddress = headers.get(ADDRESS);
  if (ipAddress === null || isIP(ipAddress) === 0) return { faulty: ADDRESS };
  const requestId = kind === 'nginx' ? readRequestId(headers) : null;
  return { head: { method, url, headers }, ipAddress, requestId };
}

const isMethod = (text: string): boolean => /^[A-Z]{3,20}$/.test(text);

/** The form of `$request_id`. Any other value is ignored, so that the request is counted. */
function readRequestId(headers: HeaderReader): string | null {
  const id = headers.get('x-request-id');
  return id !== null && /^[0-9a-f]{32}$/.test(id) ? id : null;
}
