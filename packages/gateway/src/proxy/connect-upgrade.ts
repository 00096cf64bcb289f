import { request as sendRequest } from 'node:http';
import { request as sendTlsRequest } from 'node:https';
import { pipeline } from 'node:stream';
import { type RefusedForward, refuseForward, stripUrlKey } from '@valetkey/server/forward-auth';
import { REQUEST_ID } from '@valetkey/server/monitor';
import { type Arrival, describeSender } from '../http/arrival.ts';
import { type AllowedDecision, identityOf } from '../http/forward.ts';
import type { GatewayParts } from '../http/gateway-parts.ts';
import type { UpgradingClient } from '../http/upgrading-client.ts';
import { buildForwardedHeaders, buildReturnedHeaders } from './forwarded-request.ts';
import { joinStreams } from './join-streams.ts';
import { createWebSocketHandshake, withoutHandshake } from './web-socket-handshake.ts';

/**
 * Connects a request for a WebSocket to the service. Returns the status of its response; a refusal if the service
 * cannot be reached. The connection ends with its key.
 */
export async function connectUpgrade(
  arrival: Arrival,
  decision: AllowedDecision,
  client: UpgradingClient,
  { streams, metrics }: Pick<GatewayParts, 'streams' | 'metrics'>,
): Promise<RefusedForward | number> {
  const hasKey = decision.kind === 'key';
  const id = { [REQUEST_ID]: arrival.requestId };
  const forwarded = buildForwardedHeaders(arrival.head.rawHeaders, {
    identity: await identityOf(decision, arrival.runtime),
    ...describeSender(arrival, hasKey),
  });
  const handshake = client.isHttp2 ? createWebSocketHandshake() : null;
  const headers = handshake ? [...withoutHandshake(forwarded), ...handshake.headers] : forwarded;
  const outgoing = sendUpgrade(arrival, [...headers, 'Connection', 'Upgrade', 'Upgrade', 'websocket']);
  client.stream.on('close', () => outgoing.destroy());
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
      // A response that is cut off cuts off that to the client.
      pipeline(response, client.refuse().writeHead(status, returned), () => {});
      resolve(status);
    });
    outgoing.on('upgrade', (response, service, first) => {
      const added = hasKey ? { ...decision.headers, ...id } : id;
      const isWebSocket = response.headers.upgrade?.toLowerCase() === 'websocket';
      if (!isWebSocket || handshake?.isAccepted(response) === false) {
        service.destroy();
        return resolve(refuseForward('upstream_unavailable'));
      }
      const returned = buildReturnedHeaders(response.rawHeaders, { hasKey, added });
      client.accept(handshake ? withoutHandshake(returned) : returned);
      const end = joinStreams(client, { service, first });
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
        client.stream.on('close', remove);
      }
      return resolve(client.isHttp2 ? 200 : 101);
    });
    outgoing.end();
  });
}

function sendUpgrade({ head, runtime }: Arrival, headers: readonly string[]) {
  const upstream = new URL(runtime.config.upstream);
  const send = upstream.protocol === 'https:' ? sendTlsRequest : sendRequest;
  return send({
    host: upstream.hostname.replace(/^\[|\]$/g, ''),
    port: upstream.port,
    servername: upstream.hostname,
    method: head.method,
    path: stripUrlKey(head.url),
    headers: [...headers],
    agent: false,
    timeout: runtime.config.timeouts.headers * 1000,
  });
}
