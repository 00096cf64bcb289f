import { type IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { NodeResponse } from './node-request.ts';

/** A client that asks for a WebSocket in place of a response. */
export interface UpgradingClient {
  /** Carries the WebSocket: a connection, or a stream of HTTP/2. */
  readonly stream: Duplex;
  /** What the client has sent behind its request. */
  readonly early: Buffer;
  /** Whether the handshake is that of RFC 8441, without `Sec-WebSocket-Key`. */
  readonly isHttp2: boolean;
  /**
   * Tells the client that the WebSocket is open.
   *
   * @param headers a flat list of names and values, without those of the connection
   */
  accept(headers: readonly string[]): void;
  /** Returns the response to a client that gets no WebSocket. The connection or stream ends with it. */
  refuse(): NodeResponse;
}

/** A client that sent `Upgrade` over HTTP/1.1. */
export const overHttp1 = (request: IncomingMessage, socket: Duplex, early: Buffer): UpgradingClient => ({
  stream: socket,
  early,
  isHttp2: false,
  accept(headers) {
    const lines = [`HTTP/1.1 101 ${STATUS_CODES[101]}`];
    for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
    lines.push('Connection: Upgrade', 'Upgrade: websocket', '', '');
    socket.write(Buffer.from(lines.join('\r\n'), 'latin1'));
  },
  refuse() {
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    // The socket of an HTTP server is a `Socket`, also with TLS.
    response.assignSocket(socket as Socket);
    response.once('finish', () => socket.end());
    return response;
  },
});

const NO_BYTES = Buffer.alloc(0);

/** A client that sent an extended CONNECT for a WebSocket over HTTP/2 (RFC 8441). */
export const overHttp2 = (request: Http2ServerRequest, response: Http2ServerResponse): UpgradingClient => ({
  stream: request.stream,
  early: NO_BYTES,
  isHttp2: true,
  accept: (headers) => void response.writeHead(200, headers as never),
  refuse: () => response as unknown as NodeResponse,
});
