import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A proxy in front of a server, which can stop forwarding without closing connections, like a broken network. */
export interface TcpProxy {
  readonly port: number;
  /** Forwards nothing from now on. New connections are accepted and stay silent. */
  cut(): void;
  /** Forwards again, with what arrived meanwhile. */
  restore(): void;
  /** Forwards new connections to another local port, as when a standby takes over an address. */
  forwardTo(targetPort: number): void;
  close(): Promise<void>;
}

/**
 * Starts a proxy of a local port.
 *
 * @param ipAddress of this machine, where it accepts connections
 */
export async function startTcpProxy(firstPort: number, ipAddress = '127.0.0.1'): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let targetPort = firstPort;
  let isCut = false;

  function join(from: Socket, to: Socket): void {
    sockets.add(from);
    from.on('data', (chunk) => to.write(chunk));
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    if (isCut) from.pause();
  }

  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    join(near, far);
    join(far, near);
  });
  server.listen(0, ipAddress);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    restore() {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    forwardTo(port) {
      targetPort = port;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
