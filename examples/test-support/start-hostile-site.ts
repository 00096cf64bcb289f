import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface HostileResponse {
  /** Such as `GET /session/current.json`. */
  readonly row: string;
  readonly status: number;
  /** An object is sent as JSON, text as it is. */
  readonly body: object | string;
}

/** Starts a site that forwards requests to another site, and answers one of them itself. Returns its URL. */
export async function startHostileSite(
  siteUrl: string,
  { row, status, body }: HostileResponse,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (`${request.method} ${request.url}` === row) {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
      return;
    }
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const answer = await fetch(siteUrl + request.url, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      body: chunks.length > 0 ? Buffer.concat(chunks) : null,
      redirect: 'manual',
    });
    const location = answer.headers.get('location');
    const type = answer.headers.get('content-type') ?? 'text/plain';
    response.setHeader('set-cookie', answer.headers.getSetCookie());
    response.writeHead(answer.status, { 'content-type': type, ...(location && { location }) });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
