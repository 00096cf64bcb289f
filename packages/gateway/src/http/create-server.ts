import { createServer, type IncomingMessage, type Server } from 'node:http';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { Duplex } from 'node:stream';
import type { GatewayConfig } from '../config/gateway-config.ts';
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

/** Creates the server: HTTP/1.1, and with TLS also HTTP/2. Requests with `Expect: 100-continue` are decided first. */
export function createGatewayServer(
  { tls, limits, timeouts }: GatewayConfig,
  { onRequest, isUpgrade, onUpgrade, onConnect }: ServerHandlers,
): Server | Http2SecureServer {
  const options = { maxHeaderSize: limits.headerBytes, joinDuplicateHeaders: true };
  const server = tls
    ? createSecureServer({
        ...options,
        allowHTTP1: true,
        settings: { enableConnectProtocol: true, maxHeaderListSize: limits.headerBytes },
        cert: tls.certificate,
        key: tls.key,
      })
    : createServer(options);
  if ('headersTimeout' in server) {
    server.headersTimeout = timeouts.headers * 1000;
    // Large bodies take longer than any fixed time; an idle connection ends by `timeouts.idle`.
    server.requestTimeout = 0;
  }
  // A server for HTTP/2 does not pass this option to its connections of HTTP/1.1, but they read the property.
  Object.assign(server, { shouldUpgradeCallback: isUpgrade });
  const onLimited = (request: NodeRequest, response: NodeResponse) => {
    if (hasLargeHeaders(request, limits.headerBytes)) response.writeHead(431).end();
    else onRequest(request, response);
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

/** HTTP/2 enforces a limit of its own only after the client has confirmed it. */
const hasLargeHeaders = (
  { httpVersionMajor, rawHeaders }: Pick<NodeRequest, 'httpVersionMajor' | 'rawHeaders'>,
  maxBytes: number,
): boolean => httpVersionMajor === 2 && rawHeaders.reduce((sum, text) => sum + text.length, 0) > maxBytes;
