import { AccountsError } from '../accounts/accounts.ts';
import { readVisitor } from '../accounts/visitor-cookie.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Head, NodeRequest } from './node-request.ts';
import { JWKS_PATH } from './own-path.ts';
import { refusalResponse } from './send-response.ts';
import { toWebRequest } from './to-web-request.ts';

/** Returns the response of Valetkey's own endpoints and pages; null for a request of the service. */
export async function serveOwn(
  request: NodeRequest,
  head: Head,
  clientAddress: string,
  { origin, basePath, valetkey, signingKeys }: Runtime,
): Promise<Response | null> {
  if (head.url === basePath + JWKS_PATH && head.method === 'GET') {
    return Response.json(await signingKeys.published(), {
      headers: { 'Cache-Control': 'public, max-age=300' },
    });
  }
  const visitor = readVisitor(request.headers.cookie, origin.startsWith('https:'));
  const context = { ipAddress: clientAddress, native: { request, visitor: visitor.id } };
  try {
    const response = await valetkey.fetch(toWebRequest(request, head, origin), context);
    const isPage = response?.headers.get('content-type')?.startsWith('text/html') ?? false;
    if (isPage && visitor.setCookie !== null) response?.headers.append('Set-Cookie', visitor.setCookie);
    return response;
  } catch (error) {
    if (error instanceof AccountsError) return refusalResponse({ code: 'accounts_unavailable', details: {} });
    throw error;
  }
}
