import type { Metrics } from './metrics.ts';
import { noTrace, type Trace } from './trace.ts';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Counts a request to an endpoint of Valetkey, and responds to it within a span.
 *
 * @param endpoint the pattern of its path
 */
export function observeRequest(
  { method: sent, endpoint }: { readonly method: string; readonly endpoint: string },
  {
    metrics,
    trace = noTrace,
  }: { readonly metrics?: Metrics | undefined; readonly trace?: Trace | undefined },
  respond: () => Promise<Response>,
): Promise<Response> {
  const method = METHODS.has(sent) ? sent : '_OTHER';
  const count = (status: string) => {
    if (metrics) metrics.counter('valetkey_requests_total', { endpoint, method, status }).value += 1;
  };
  return trace(`${method} ${endpoint}`, async (annotate) => {
    try {
      annotate({ 'http.request.method': method, 'http.route': endpoint });
      const response = await respond();
      annotate({ 'http.response.status_code': response.status });
      count(`${Math.floor(response.status / 100)}xx`);
      return response;
    } catch (error) {
      count('error');
      throw error;
    }
  });
}
