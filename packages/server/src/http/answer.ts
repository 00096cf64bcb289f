import { ValetkeyError } from '@valetkey/protocol';
import { findEndpoint } from '../endpoints/find-endpoint.ts';
import { errorPage } from '../pages/error-page.ts';
import type { Provider } from '../provider.ts';
import type { RequestContext } from '../site.ts';
import { readEndpointRequest, wantsJson } from './endpoint-request.ts';
import { pageResponse, refusalResponse } from './responses.ts';

/** The edge of the protocol's own endpoints: finds who answers, and makes HTTP of what they refuse. */
export async function answer(
  request: Request,
  context: RequestContext,
  provider: Provider,
): Promise<Response | null> {
  const path = pathWithin(provider.basePath, new URL(request.url).pathname);
  const found = path === null ? null : findEndpoint(path);
  if (!found) return null;
  const { methods, pathParameters } = found;
  const { method } = request;
  const answered = method === 'HEAD' && !methods.HEAD ? 'GET' : method;
  const endpoint = Object.hasOwn(methods, answered) ? methods[answered] : undefined;
  try {
    if (!endpoint) throw new ValetkeyError('method_not_allowed', { allowed_methods: Object.keys(methods) });
    return await endpoint({ ...(await readEndpointRequest(request, context)), pathParameters }, provider);
  } catch (error) {
    if (!(error instanceof ValetkeyError)) throw error;
    const response = wantsJson(request)
      ? refusalResponse(error.code, error.details)
      : await pageResponse(errorPage(error, provider), error.status);
    if (!endpoint) response.headers.set('Allow', Object.keys(methods).join(', '));
    return response;
  }
}

/** The path below the site's base, without `.json`; null if it lies elsewhere. */
function pathWithin(basePath: string, path: string): string | null {
  if (!path.startsWith(`${basePath}/`)) return null;
  return path.slice(basePath.length).replace(/\.json$/, '');
}
