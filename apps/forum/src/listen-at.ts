import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** A host and a port to listen on; port 0 picks a free one. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Listens, and returns the URL. @throws Error with advice if the port is in use or needs permission */
export async function listenAt(
  server: Pick<Server, 'listen' | 'address' | 'once'>,
  { host, port }: Address,
): Promise<string> {
  server.listen(port, host);
  await once(server as Server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw explain(error, port);
  });
  const bound = server.address() as AddressInfo;
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(`Port ${port} is in use. Choose another with --port, or --port 0 for any.`);
  if (error.code === 'EACCES')
    return new Error(`Permission denied for port ${port}. Choose one above 1024 with --port.`);
  return error;
}
