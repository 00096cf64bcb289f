import { REQUEST_ID } from '@valetkey/server/monitor';
import type { NodeResponse } from './node-request.ts';

/** Sends a web `Response` with the id of its request, streaming its body. */
export async function sendResponse(response: Response, to: NodeResponse, requestId: string): Promise<void> {
  const headers: string[] = [REQUEST_ID, requestId];
  for (const [name, value] of response.headers) headers.push(name, value);
  to.writeHead(response.status, headers);
  if (response.body === null) return void to.end();
  for await (const chunk of response.body) to.write(chunk);
  to.end();
}
