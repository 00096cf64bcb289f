import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { decideForwarded, type RefusedForward, refuseForward } from '@valetkey/server/forward-auth';
import { connectUpgrade } from '../proxy/connect-upgrade.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { readArrival, readRequestId } from './arrival.ts';
import { idleConnectionMs } from './create-server.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { keepSession } from './keep-session.ts';
import {
  hasBody,
  isWebSocketConnect,
  type NodeRequest,
  type NodeResponse,
  readHead,
} from './node-request.ts';
import { createOutcome, logEnd, recordEnd } from './record-end.ts';
import { sendResponse } from './send-response.ts';
import { isAnswered } from './serve-own.ts';
import { overHttp2, type UpgradingClient } from './upgrading-client.ts';

const WEB_SOCKET = /^websocket$/i;

/**
 * Returns whether a request over HTTP/1.1 opens a WebSocket of the service. Every other `Upgrade` is ignored (RFC 9110
 * section 7.8): over a protocol such as `h2c`, a client could send the service requests that nobody verifies.
 */
export function isWebSocketUpgrade(request: NodeRequest, runtime: Runtime): boolean {
  const isWebSocket = request.method === 'GET' && WEB_SOCKET.test(request.headers.upgrade ?? '');
  return isWebSocket && !hasBody(request) && !isAnswered(readHead(request), runtime);
}

/**
 * Handles a request for a WebSocket: decides like any request, connects it to the service, and ends the connection when
 * its key ends. Never rejects.
 */
export async function handleUpgrade(
  request: NodeRequest,
  client: UpgradingClient,
  parts: GatewayParts,
): Promise<void> {
  const { stream } = client;
  stream.on('error', () => stream.destroy());
  const runtime = parts.current();
  const outcome = createOutcome(readRequestId(request, runtime));
  const startedAt = performance.now();
  let status = 0;
  stream.once('close', () => {
    logEnd(request, { ...outcome, status, ms: performance.now() - startedAt }, parts);
  });
  const refuse = async ({ refusal, response }: RefusedForward) => {
    parts.metrics.counter('valetkey_gateway_refusals_total', { code: refusal.code }).value += 1;
    Object.assign(outcome, { decision: 'refused', code: refusal.code });
    const rendered = await response();
    status = rendered.status;
    await sendResponse(rendered, client.refuse(), outcome.requestId);
  };
  try {
    const arrival = readArrival(request, outcome.requestId, runtime);
    if (!('head' in arrival)) return await refuse(arrival);
    // Over HTTP/1.1 it is answered as an ordinary request.
    if (isAnswered(arrival.head, runtime)) return await refuse(refuseForward('not_found'));
    const decision = await decideForwarded(arrival.head, arrival.clientAddress, runtime);
    if (decision.kind === 'refused') return await refuse(decision);
    outcome.decision = decision.kind;
    if (decision.kind === 'key') outcome.user = decision.principal.user.id;
    parts.metrics.counter('valetkey_gateway_requests_total', {
      decision: decision.kind,
      status: 'upgrade',
    }).value += 1;
    const connected = await connectUpgrade(arrival, decision, client, parts);
    if (typeof connected === 'number') status = connected;
    else await refuse(connected);
  } catch (error) {
    parts.reportError(error, outcome.requestId);
    stream.destroy();
  }
}

/**
 * Handles a CONNECT over HTTP/2. Only that of RFC 8441 for a WebSocket is supported: the gateway makes no connections to
 * other hosts.
 */
export function handleConnect(
  request: Http2ServerRequest,
  response: Http2ServerResponse,
  parts: GatewayParts,
): void {
  // A stream that fails reports it to its request too.
  request.on('error', () => {});
  const asNode = request as unknown as NodeRequest;
  if (isWebSocketConnect(asNode)) {
    keepSession(request.stream, idleConnectionMs(parts.current().config.timeouts));
    void handleUpgrade(asNode, overHttp2(request, response), parts);
    return;
  }
  const refused = response as unknown as NodeResponse;
  recordEnd(asNode, refused, createOutcome(readRequestId(asNode, parts.current())), parts);
  // RFC 9220 section 3: 501 for an unknown protocol.
  refused.writeHead(request.headers[':protocol'] === undefined ? 405 : 501).end();
}
