import { type IncomingMessage, STATUS_CODES, request as sendRequest } from 'node:http';
import { request as sendTlsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Refusal } from '@valetkey/server';
import {
  closeWebSocket,
  type RefusedForward,
  refuseForward,
  stripUrlKey,
} from '@valetkey/server/forward-auth';
import { REQUEST_ID } from '@valetkey/server/monitor';
import { type Arrival, describeSender } from '../http/arrival.ts';
import { type AllowedDecision, identityOf } from '../http/forward.ts';
import type { GatewayParts } from '../http/gateway-parts.ts';
import { buildForwardedHeaders, buildReturnedHeaders } from './forwarded-request.ts';
import { createFrameTracker } from './frame-tracker.ts';

interface Client {
  readonly socket: Duplex;
  /** What the client sent behind its request. */
  readonly early: Buffer;
}

/**
 * Connects a request for another protocol to the service. Returns the status of its response; a refusal if the service
 * cannot be reached. The connection ends with its key.
 */
export async function connectUpgrade(
  arrival: Arrival,
  decision: AllowedDecision,
  client: Client,
  { streams, metrics }: Pick<GatewayParts, 'streams' | 'metrics'>,
): Promise<RefusedForward | number> {
  const hasKey = decision.kind === 'key';
  const id = { [REQUEST_ID]: arrival.requestId };
  const outgoing = sendUpgrade(
    arrival,
    buildForwardedHeaders(arrival.head.rawHeaders, {
      identity: await identityOf(decision, arrival.runtime),
      ...describeSender(arrival, hasKey),
    }),
  );
  client.socket.on('close', () => outgoing.destroy());
  return new Promise((resolve) => {
    outgoing.on('timeout', () => outgoing.destroy(new Error('The service did not respond in time.')));
    outgoing.on('error', () => {
      metrics.counter('valetkey_gateway_upstream_failures_total', {
        outcome: 'upstream_unavailable',
      }).value += 1;
      resolve(refuseForward('upstream_unavailable'));
    });
    outgoing.on('response', (response) => {
      // The service refuses the upgrade: its response is the answer, and the connection ends with it.
      const returned = buildReturnedHeaders(response.rawHeaders, { hasKey, added: id });
      const status = response.statusCode ?? 502;
      client.socket.write(formatHead(status, [...returned, 'Connection', 'close']));
      response.pipe(client.socket);
      resolve(status);
    });
    outgoing.on('upgrade', (response, service, first) => {
      const added = hasKey ? { ...decision.headers, ...id } : id;
      client.socket.write(
        formatHead(101, [
          ...buildReturnedHeaders(response.rawHeaders, { hasKey, added }),
          ...upgradeTo(response),
        ]),
      );
      const isWebSocket = response.headers.upgrade?.toLowerCase() === 'websocket';
      const end = join(client, service, first, isWebSocket);
      if (hasKey) {
        const remove = streams.add({
          head: arrival.head,
          route: decision.route,
          principal: decision.principal,
          end(why) {
            metrics.counter('valetkey_gateway_streams_ended_total', { kind: 'connection' }).value += 1;
            end(why);
          },
        });
        client.socket.on('close', remove);
      }
      resolve(101);
    });
    outgoing.end();
  });
}

function sendUpgrade({ head, runtime, request }: Arrival, headers: readonly string[]) {
  const upstream = new URL(runtime.config.upstream);
  const send = upstream.protocol === 'https:' ? sendTlsRequest : sendRequest;
  return send({
    host: upstream.hostname.replace(/^\[|\]$/g, ''),
    port: upstream.port,
    servername: upstream.hostname,
    method: head.method,
    path: stripUrlKey(head.url),
    headers: [...headers, ...upgradeTo(request)],
    agent: false,
    timeout: runtime.config.timeouts.headers * 1000,
  });
}

const upgradeTo = ({ headers }: IncomingMessage): string[] => [
  'Connection',
  'Upgrade',
  'Upgrade',
  headers.upgrade ?? '',
];

/**
 * Connects both sides until one closes. Returns the function that ends both: a WebSocket with a close frame, if the
 * service is not within another frame.
 */
function join(
  { socket, early }: Client,
  service: Socket,
  first: Buffer,
  isWebSocket: boolean,
): (why: Refusal) => void {
  const frames = isWebSocket ? createFrameTracker() : null;
  const destroy = () => {
    socket.destroy();
    service.destroy();
  };
  service.on('error', destroy);
  service.on('close', destroy);
  socket.on('close', destroy);
  service.setTimeout(0);
  service.write(early);
  frames?.read(first);
  socket.write(first);
  if (frames) service.on('data', frames.read);
  socket.pipe(service).pipe(socket);
  return (why) => {
    service.unpipe(socket);
    service.off('close', destroy);
    service.destroy();
    if (frames?.isBetweenFrames()) closeWebSocket(socket, why);
    else socket.destroy();
  };
}

/** @param headers a flat list of names and values */
function formatHead(status: number, headers: readonly string[]): Buffer {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
