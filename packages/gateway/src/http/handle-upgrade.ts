import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { decideForwarded, type RefusedForward } from '@valetkey/server/forward-auth';
import { connectUpgrade } from '../proxy/connect-upgrade.ts';
import { readArrival, readRequestId } from './arrival.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { handleRequest } from './handle-request.ts';
import { createOutcome, logEnd } from './record-end.ts';
import { sendResponse } from './send-response.ts';

/**
 * Handles a request to change the protocol, such as a WebSocket: decides like any request, connects it to the service,
 * and ends the connection when its key ends. A proxy that asks with `Upgrade` gets the response of any other. Never
 * rejects.
 */
export async function handleUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  early: Buffer,
  parts: GatewayParts,
): Promise<void> {
  socket.on('error', () => socket.destroy());
  const response = createResponse(request, socket);
  const runtime = parts.current();
  if (runtime.forwardAuth?.serves(request.url ?? '')) return handleRequest(request, response, parts);
  const outcome = createOutcome(readRequestId(request, runtime));
  const startedAt = performance.now();
  let status = 0;
  socket.once('close', () => {
    logEnd(request, { ...outcome, status, ms: performance.now() - startedAt }, parts);
  });
  const refuse = async ({ refusal, response: render }: RefusedForward, to: ServerResponse) => {
    parts.metrics.counter('valetkey_gateway_refusals_total', { code: refusal.code }).value += 1;
    Object.assign(outcome, { decision: 'refused', code: refusal.code });
    const rendered = await render();
    status = rendered.status;
    await sendResponse(rendered, to, outcome.requestId);
  };
  try {
    const arrival = readArrival(request, outcome.requestId, runtime);
    if (!('head' in arrival)) return await refuse(arrival, response);
    const decision = await decideForwarded(arrival.head, arrival.clientAddress, runtime);
    if (decision.kind === 'refused') return await refuse(decision, response);
    outcome.decision = decision.kind;
    if (decision.kind === 'key') outcome.user = decision.principal.user.id;
    parts.metrics.counter('valetkey_gateway_requests_total', {
      decision: decision.kind,
      status: 'upgrade',
    }).value += 1;
    response.detachSocket(socket as Socket);
    const connected = await connectUpgrade(arrival, decision, { socket, early }, parts);
    if (typeof connected === 'number') status = connected;
    else await refuse(connected, createResponse(request, socket));
  } catch (error) {
    parts.reportError(error, outcome.requestId);
    socket.destroy();
  }
}

/** Creates a response on the socket of an upgrade. The connection ends with it. */
function createResponse(request: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  // The socket of an HTTP server is a `Socket`, also with TLS.
  response.assignSocket(socket as Socket);
  response.once('finish', () => socket.end());
  return response;
}
