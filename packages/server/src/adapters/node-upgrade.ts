import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { MatchedRoute } from '../core/scopes/scope.ts';
import type { SiteUser } from '../core/site-user.ts';
import type { AdaptedValetkey } from './adapted-valetkey.ts';
import { closeWebSocket } from './close-web-socket.ts';
import { guardRoute, type NodeExchange } from './node-exchange.ts';
import { NodeHead } from './node-head.ts';
import type { RequestPrincipal } from './request-principal.ts';

/** A listener for the event `upgrade` of a server. */
export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Completes the handshake of a WebSocket.
 *
 * For `anonymous`, check the header `Origin` before you use a session: pages of all sites can open WebSockets with the
 * cookies of your users.
 */
export type AcceptUpgrade<User extends SiteUser = SiteUser> = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  principal: RequestPrincipal<User>,
) => void;

interface UpgradeParts<User extends SiteUser> {
  readonly valetkey: AdaptedValetkey<unknown, User>;
  readonly toExchange: (message: IncomingMessage, response: ServerResponse) => NodeExchange;
  readonly onError: (error: unknown) => void;
}

/** Creates the listener: it refuses, or accepts and closes the WebSocket when its key ends. */
export function createUpgrade<User extends SiteUser>(
  route: MatchedRoute,
  accept: AcceptUpgrade<User>,
  { valetkey, toExchange, onError }: UpgradeParts<User>,
): UpgradeListener {
  async function respond(message: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const response = createResponse(message, socket);
    const principal = await guardRoute(toExchange(message, response), route, valetkey);
    // The client may have closed the connection in the meantime.
    if (!principal || socket.destroyed) return;
    response.detachSocket(socket as Socket);
    // Before `accept`, which may start to deliver data.
    if (principal.kind !== 'anonymous') endWithKey(message, socket as Socket);
    accept(message, socket, head, principal);
  }

  function endWithKey(message: IncomingMessage, socket: Socket): void {
    const { bytesWritten } = socket;
    const unwatch = valetkey.watchKey(new NodeHead(message), route, (why) => {
      // No frame can be sent before the handshake is complete.
      if (socket.bytesWritten === bytesWritten) socket.destroy();
      else closeWebSocket(socket, why);
    });
    socket.once('close', unwatch);
  }

  return (message, socket, head) => {
    // Without a listener, an error of the connection would end the process.
    const ignore = () => {};
    socket.on('error', ignore);
    respond(message, socket, head).catch((error: unknown) => {
      socket.destroy();
      onError(error);
    });
  };
}

/** A response on the socket of an upgrade, for a refusal. */
function createResponse(message: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(message);
  response.shouldKeepAlive = false;
  // The socket of an HTTP server is a `Socket`, also with TLS.
  response.assignSocket(socket as Socket);
  response.once('finish', () => socket.end());
  return response;
}
