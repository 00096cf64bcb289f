import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy on a loopback port. */
export interface BearerProxy {
  readonly url: string;
  stop(): void;
}

/** Starts a proxy that adds an access token to each request, for programs that cannot send one. All else stays as it is. */
export async function startBearerProxy(target: string, accessToken: () => string): Promise<BearerProxy> {
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, authorization: `Bearer ${accessToken()}` };
    const { method, url: path } = incoming;
    const forwarded = request({ hostname, port, method, path, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => void server.close().closeAllConnections(),
  };
}
