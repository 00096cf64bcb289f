import { type IncomingMessage, STATUS_CODES, request as sendRequest } from 'node:http';
import { request as sendTlsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { stripUrlKey } from '@valetkey/server';
import { buildForwardedHeaders, buildReturnedHeaders } from '../proxy/forwarded-request.ts';
import { type Arrival, describeSender, readArrival } from './arrival.ts';
import { decideRequest, type RefusedDecision, refuse } from './decide-request.ts';
import { type AllowedDecision, identityOf } from './forward.ts';
import type { GatewayParts } from './gateway-parts.ts';

/**
 * Handles a request to change the protocol, such as a WebSocket: decides like any request, connects it to the service,
 * and ends the connection when its key ends. Never rejects.
 */
export async function handleUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  early: Buffer,
  parts: GatewayParts,
): Promise<void> {
  socket.on('error', () => socket.destroy());
  try {
    const arrival = readArrival(request, parts.current());
    if (!('head' in arrival)) return await refuseUpgrade(arrival, socket, parts);
    const decision = await decideRequest(arrival.head, arrival.clientAddress, arrival.runtime);
    if (decision.kind === 'refused') return await refuseUpgrade(decision, socket, parts);
    parts.metrics.count('valetkey_gateway_requests_total', { decision: decision.kind, status: 'upgrade' });
    await connect(arrival, decision, { socket, early }, parts);
  } catch (error) {
    parts.reportError(error);
    socket.destroy();
  }
}

async function refuseUpgrade(
  { refusal, response }: RefusedDecision,
  socket: Duplex,
  { metrics }: Pick<GatewayParts, 'metrics'>,
): Promise<void> {
  metrics.count('valetkey_gateway_refusals_total', { code: refusal.code });
  const rendered = await response();
  const body = Buffer.from(await rendered.arrayBuffer());
  const headers = [...rendered.headers].flat();
  socket.end(
    Buffer.concat([
      formatHead(rendered.status, [...headers, 'Content-Length', String(body.length), 'Connection', 'close']),
      body,
    ]),
  );
}

async function connect(
  arrival: Arrival,
  decision: AllowedDecision,
  { socket, early }: { readonly socket: Duplex; readonly early: Buffer },
  { streams, metrics }: GatewayParts,
): Promise<void> {
  const { head, runtime, request } = arrival;
  const hasKey = decision.kind === 'key';
  const identity = await identityOf(decision, runtime);
  const headers = buildForwardedHeaders(head.rawHeaders, { identity, ...describeSender(arrival, hasKey) });
  const upstream = new URL(runtime.config.upstream);
  const send = upstream.protocol === 'https:' ? sendTlsRequest : sendRequest;
  const outgoing = send({
    host: upstream.hostname.replace(/^\[|\]$/g, ''),
    port: upstream.port,
    servername: upstream.hostname,
    method: head.method,
    path: stripUrlKey(head.url),
    headers: [...headers, 'Connection', 'Upgrade', 'Upgrade', request.headers.upgrade ?? ''] as never,
    agent: false,
    timeout: runtime.config.timeouts.headers * 1000,
  });
  socket.on('close', () => outgoing.destroy());
  outgoing.on('timeout', () => outgoing.destroy(new Error('The service did not respond in time.')));
  outgoing.on('error', () => {
    metrics.count('valetkey_gateway_upstream_failures_total', { outcome: 'upstream_unavailable' });
    void refuseUpgrade(refuse('upstream_unavailable'), socket, { metrics }).catch(() => socket.destroy());
  });
  outgoing.on('response', (response) => {
    // The service refuses the upgrade: its response is the answer, and the connection ends with it.
    const returned = buildReturnedHeaders(response.rawHeaders, hasKey);
    socket.write(formatHead(response.statusCode ?? 502, [...returned, 'Connection', 'close']));
    response.pipe(socket);
  });
  outgoing.on('upgrade', (response, service: Duplex, first: Buffer) => {
    const added = [...Object.entries(hasKey ? decision.headers : {})].flat();
    const returned = buildReturnedHeaders(response.rawHeaders, hasKey);
    const upgrade = ['Connection', 'Upgrade', 'Upgrade', response.headers.upgrade ?? ''];
    socket.write(formatHead(101, [...returned, ...added, ...upgrade]));
    const end = () => {
      socket.destroy();
      service.destroy();
    };
    const remove = hasKey
      ? streams.add({
          head,
          route: decision.route,
          end() {
            metrics.count('valetkey_gateway_streams_ended_total', { kind: 'connection' });
            end();
          },
        })
      : () => {};
    service.on('error', end);
    for (const side of [socket, service]) {
      side.on('close', () => {
        remove();
        end();
      });
    }
    if ('setTimeout' in service) (service as import('node:net').Socket).setTimeout(0);
    service.write(early);
    socket.write(first);
    socket.pipe(service).pipe(socket);
  });
  outgoing.end();
}

/** @param headers a flat list of names and values */
function formatHead(status: number, headers: readonly string[]): Buffer {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
