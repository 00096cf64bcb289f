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
        settings: { enableConnectProtocol: true },
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
  server.on('request', onRequest as never);
  server.on('checkContinue', onRequest as never);
  server.on('upgrade', onUpgrade as never);
  server.on('connect', ((request: Http2ServerRequest, response: Http2ServerResponse | Duplex) => {
    if (request.httpVersionMajor === 2) onConnect(request, response as Http2ServerResponse);
    else (response as Duplex).end('HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n\r\n');
  }) as never);
  return server;
}
