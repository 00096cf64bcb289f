import { createServer, type IncomingMessage, type Server } from 'node:http';
import {
  constants,
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { Duplex } from 'node:stream';
import type { GatewayConfig, GatewayTimeouts } from '../config/gateway-config.ts';
import type { NodeRequest, NodeResponse } from './node-request.ts';

interface ServerHandlers {
  readonly onRequest: (request: NodeRequest, response: NodeResponse) => void;
  /** Whether `onUpgrade` handles a request with `Upgrade`; otherwise, `onRequest` does. */
  readonly isUpgrade: (request: IncomingMessage) => boolean;
  /** Over HTTP/1.1. */
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, early: Buffer) => void;
  /** Over HTTP/2. */
  readonly onConnect: (request: Http2ServerRequest, response: Http2ServerResponse) => void;
}

/** Requests that a client may have open in one connection over HTTP/2. */
const MAX_STREAMS = 256;
/** How often connections without complete headers are looked for. */
const CHECK_MS = 30_000;

/**
 * Returns the milliseconds after which a connection or a stream without traffic ends; 0 for never. The timeouts of the
 * service are shorter, because they end a request with a reason.
 */
export const idleConnectionMs = ({ headers, idle }: GatewayTimeouts): number =>
  headers === 0 || idle === 0 ? 0 : (Math.max(headers, idle) + 1) * 1000;

/** Sets the timeouts of the connections that are opened from now on. */
export function setTimeouts(server: Server | Http2SecureServer, timeouts: GatewayTimeouts): void {
  server.setTimeout(idleConnectionMs(timeouts));
  // With TLS too, for connections over HTTP/1.1. A body may take longer than any fixed time.
  Object.assign(server, { headersTimeout: timeouts.headers * 1000, requestTimeout: 0 });
}

/** Creates the server: HTTP/1.1, and with TLS also HTTP/2. Requests with `Expect: 100-continue` are decided first. */
export function createGatewayServer(
  { tls, limits, timeouts }: GatewayConfig,
  { onRequest, isUpgrade, onUpgrade, onConnect }: ServerHandlers,
): Server | Http2SecureServer {
  const options = {
    maxHeaderSize: limits.headerBytes,
    joinDuplicateHeaders: true,
    connectionsCheckingInterval: Math.min(timeouts.headers * 1000 || CHECK_MS, CHECK_MS),
  };
  const server = tls
    ? createSecureServer({
        ...options,
        allowHTTP1: true,
        handshakeTimeout: timeouts.headers * 1000 || CHECK_MS,
        settings: {
          enableConnectProtocol: true,
          maxHeaderListSize: limits.headerBytes,
          maxConcurrentStreams: MAX_STREAMS,
        },
        cert: tls.certificate,
        key: tls.key,
      })
    : createServer(options);
  setTimeouts(server, timeouts);
  // A server for HTTP/2 does not pass this option to its connections of HTTP/1.1, but they read the property.
  Object.assign(server, { shouldUpgradeCallback: isUpgrade });
  const onLimited = (request: NodeRequest, response: NodeResponse) => {
    if (hasLargeHeaders(request, limits.headerBytes)) return void response.writeHead(431).end();
    if (request.httpVersionMajor === 2) endIdleStream(request as never, (server as Server).timeout);
    return onRequest(request, response);
  };
  server.on('request', onLimited as never);
  server.on('checkContinue', onLimited as never);
  server.on('upgrade', onUpgrade as never);
  server.on('connect', ((request: Http2ServerRequest, response: Http2ServerResponse & Duplex) => {
    if (request.httpVersionMajor !== 2)
      response.end('HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n\r\n');
    else if (hasLargeHeaders(request, limits.headerBytes)) response.writeHead(431).end();
    else onConnect(request, response);
  }) as never);
  return server;
}

/** A connection over HTTP/2 may have traffic while one of its streams has none. */
const endIdleStream = ({ stream }: Http2ServerRequest, ms: number): void =>
  void stream.setTimeout(ms, () => stream.close(constants.NGHTTP2_CANCEL));

/** HTTP/2 enforces a limit of its own only after the client has confirmed it. */
const hasLargeHeaders = (
  { httpVersionMajor, rawHeaders }: Pick<NodeRequest, 'httpVersionMajor' | 'rawHeaders'>,
  maxBytes: number,
): boolean => httpVersionMajor === 2 && rawHeaders.reduce((sum, text) => sum + text.length, 0) > maxBytes;
