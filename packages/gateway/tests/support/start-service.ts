import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** A request as the service received it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A service behind a gateway, which records what it receives. */
export interface Service {
  readonly url: string;
  readonly received: Received[];
  readonly server: Server;
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Starts a service. `/whoami` tells who is signed in, from the cookie `user=<name>`. Every other request is recorded
 * and answered with `handler`, or with its method and URL.
 */
export async function startService(handler?: Handler): Promise<Service> {
  const received: Received[] = [];
  const upgraded = new Set<Duplex>();
  const server = createServer(async (request, response) => {
    if (request.url === '/whoami') return answerWhoami(request, response);
    if (handler) return handler(request, response);
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url = '', rawHeaders, headers } = request;
    received.push({ method, url, rawHeaders, headers, body });
    response.setHeader('Content-Type', 'text/plain');
    return response.end(`${method} ${url}`);
  });
  server.on('upgrade', (request, socket) => {
    const { method = '', url = '', rawHeaders, headers } = request;
    received.push({ method, url, rawHeaders, headers, body: '' });
    const accept = createHash('sha1')
      .update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${headers.upgrade}\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    if (headers.upgrade !== 'websocket') return void socket.end();
    // One text frame: the user.
    const text = Buffer.from(String(headers['x-valetkey-user']));
    socket.write(Buffer.concat([Buffer.from([0x81, text.length]), text]));
    upgraded.add(socket);
    socket.on('error', () => {});
    socket.on('end', () => socket.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    server,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      await closed;
    },
  };
}

function answerWhoami({ headers }: IncomingMessage, response: ServerResponse): void {
  const [, name] = /(?:^|; )user=(\w+)/.exec(headers.cookie ?? '') ?? [];
  response.setHeader('Content-Type', 'application/json');
  if (name === undefined) response.writeHead(401).end('{}');
  else response.end(JSON.stringify({ id: `id-${name}`, username: name, admin: name === 'admin' }));
}
