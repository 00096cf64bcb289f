import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { Server } from 'node:net';
import type { ListenAddress } from './config/gateway-config.ts';

/** Starts to listen. Returns the URL, or `unix:` and the path of the socket. */
export async function listen(
  server: Server,
  address: ListenAddress,
  scheme: 'http' | 'https',
): Promise<string> {
  if (address.kind === 'unix') {
    // A socket of an earlier process that crashed; a live process has the store locked, so it was refused before.
    rmSync(address.path, { force: true });
    server.listen(address.path);
    await once(server, 'listening');
    return `unix:${address.path}`;
  }
  server.listen(address.port, address.host);
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : address.port;
  return `${scheme}://${address.host.includes(':') ? `[${address.host}]` : address.host}:${port}`;
}
