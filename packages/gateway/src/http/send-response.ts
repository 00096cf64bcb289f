import { type Refusal, refusalBody, refusalHeaders, refusalStatus } from '@valetkey/server';
import type { NodeResponse } from './node-request.ts';

/** Sends a web `Response`, streaming its body. */
export async function sendResponse(response: Response, to: NodeResponse): Promise<void> {
  const headers: string[] = [];
  for (const [name, value] of response.headers) headers.push(name, value);
  to.writeHead(response.status, headers);
  if (response.body === null) return void to.end();
  for await (const chunk of response.body) to.write(chunk);
  to.end();
}

/** Returns a refusal of the gateway itself as JSON. */
export const refusalResponse = (refusal: Refusal): Response =>
  new Response(JSON.stringify(refusalBody(refusal)), {
    status: refusalStatus(refusal),
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...refusalHeaders(refusal),
    },
  });
