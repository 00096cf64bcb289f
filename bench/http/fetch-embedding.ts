import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BenchSite } from '../bench-site.ts';
import { topic } from './variants.ts';

/** The integration that the server’s README recommends, for frameworks that are not fetch-style. */
export async function embed(request: Request, ipAddress: string, site: BenchSite): Promise<Response> {
  const own = await site.fetch(request, ipAddress);
  if (own) return own;
  const id = /^\/topics\/([^/?]+)$/.exec(new URL(request.url).pathname)?.[1];
  if (id === undefined) return new Response(null, { status: 404 });
  const authorized = await site.authorize(request, ipAddress);
  if (authorized.kind === 'refused') return site.withCors(request, await authorized.response());
  const isKey = authorized.kind === 'key';
  const headers = isKey ? authorized.headers : {};
  return new Response(JSON.stringify(topic(id, isKey ? authorized.principal : null)), {
    headers: { 'Content-Type': 'application/json', ...headers, ...site.corsHeaders(request) },
  });
}

/** Converts a request without a body to a fetch-style Request. */
export function toRequest({ url = '/', method = 'GET', headers }: IncomingMessage): Request {
  return new Request(`http://127.0.0.1${url}`, { method, headers: headers as Record<string, string> });
}

/** Writes a fetch-style Response. */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  const body = await response.text();
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.end(body);
}
