import { isCredentialHeader, refusalResponse, stripUrlKey } from '@valetkey/server/forward-auth';
import { AccountsError } from '../accounts/accounts.ts';
import { readVisitor } from '../accounts/visitor-cookie.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Arrival } from './arrival.ts';
import type { GatewayParts } from './gateway-parts.ts';
import type { Head } from './node-request.ts';
import { toWebRequest } from './to-web-request.ts';

/** The address of the public keys of identity tokens, below the site's base. */
const JWKS_PATH = '/.well-known/valetkey/jwks.json';

/** Returns whether the gateway itself responds to this request. */
export const isOwn = (head: Head, { valetkey, basePath, signInPages }: Runtime): boolean =>
  valetkey.serves(head) || isJwks(head, basePath) || signInPages?.serves(head.url) === true;

/** Returns whether the gateway responds to this request itself, also to a question of a proxy. */
export const isAnswered = (head: Head, runtime: Runtime): boolean =>
  isOwn(head, runtime) || runtime.forwardAuth?.serves(head.url) === true;

const isJwks = ({ method, url }: Head, basePath: string): boolean =>
  method === 'GET' && url === basePath + JWKS_PATH;

/** Returns the response of Valetkey's own endpoints and pages, for a request of `isOwn`. */
export async function serveOwn(
  { request, head, clientAddress, requestId, runtime }: Arrival,
  { reportError }: Pick<GatewayParts, 'reportError'>,
): Promise<Response> {
  const { origin, basePath, valetkey, signingKeys, signInPages } = runtime;
  if (isJwks(head, basePath)) {
    return Response.json(await signingKeys.published(), {
      headers: { 'Cache-Control': 'public, max-age=300' },
    });
  }
  const visitor = readVisitor(request.headers.cookie, origin.startsWith('https:'));
  const context = { ipAddress: clientAddress, native: { request, visitor: visitor.id } };
  try {
    if (signInPages?.serves(head.url)) return await signInPages.answer(request);
    const fetched = await valetkey.fetch(toWebRequest(request, head, origin), context);
    const response = fetched ?? refusalResponse({ code: 'not_found', details: {} });
    const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
    // A form of another site comes without the cookie, and must not replace it.
    const isNew = visitor.setCookie !== null && head.method === 'GET' && isPage && !hasKey(head);
    if (isNew) response.headers.append('Set-Cookie', visitor.setCookie ?? '');
    return response;
  } catch (error) {
    if (!(error instanceof AccountsError)) throw error;
    reportError(error, requestId);
    return refusalResponse({ code: 'accounts_unavailable', details: {} });
  }
}

/** A request with a key gets no cookie (PROTOCOL.md#using-a-key). */
const hasKey = ({ url, rawHeaders }: Head): boolean =>
  stripUrlKey(url) !== url ||
  rawHeaders.some((name, at) => at % 2 === 0 && isCredentialHeader(name, rawHeaders[at + 1] ?? ''));
