import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer as createRelay, type Socket } from 'node:net';
import { configFor, type GatewaySite, startGatewaySite } from '../support/gateway-site.ts';
import { type Service, startService } from '../support/start-service.ts';
import type { RunningProxy, StartProxy } from './start-proxy.ts';

/** A proxy with the gateway to ask and a service behind it. */
export interface ProxyWorld {
  readonly proxy: RunningProxy;
  readonly site: GatewaySite;
  readonly service: Service;
  /** The number of connections that the proxy has opened to the gateway. */
  connections(): number;
  /** The paths that the proxy has asked the gateway about. */
  readonly asked: string[];
  /** Lets the proxy no longer reach the gateway. */
  cut(): void;
  /** Sends a request as text; returns the whole response. */
  exchange(text: string): Promise<string>;
  /** Sends a request as text; returns the start of the response and closes the connection. */
  startExchange(text: string): Promise<string>;
  stop(): Promise<void>;
}

const SCOPES = `  files_read: { sentence: Read files, routes: ['GET /:folder/:file', 'GET /api/:folder/:file'] }
`;

interface WorldOptions {
  /** More scopes of the gateway, as YAML. */
  readonly scopes?: string;
  /** Changes the shipped configuration of the proxy. */
  readonly edit?: (configuration: string) => string;
  /** Answers for the service. @default it returns method and URL */
  readonly handler?: Parameters<typeof startService>[0];
  /** More fields of `forward_auth`. */
  readonly forwardAuth?: string;
}

const ASKED_PATH = /^x-(?:original|forwarded)-uri: *(.*?)\r$/gim;

export async function startProxyWorld(
  start: StartProxy,
  { scopes = SCOPES, edit, handler, forwardAuth = '' }: WorldOptions = {},
): Promise<ProxyWorld> {
  const service = await startService(handler);
  const text = configFor(
    service.url,
    `forward_auth: { from: [127.0.0.1]${forwardAuth} }\ntrusted_proxies: [127.0.0.1]`,
  ).replace('settings:', `${scopes}settings:`);
  const site = await startGatewaySite(text);
  let connections = 0;
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const gatewayPort = Number(new URL(site.url).port);
  const relay = createRelay((socket) => {
    connections += 1;
    const to = connect(gatewayPort, '127.0.0.1');
    sockets.add(socket);
    for (const side of [socket, to]) side.on('error', () => [socket, to].map((each) => each.destroy()));
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (!text.includes(' /valetkey/verify/')) return;
      for (const [, path = ''] of text.matchAll(ASKED_PATH)) asked.push(path);
    });
    socket.pipe(to).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const proxy = await start({
    valetkey: `127.0.0.1:${(relay.address() as AddressInfo).port}`,
    service: new URL(service.url).host,
    edit: edit ?? ((configuration) => configuration),
  });
  const open = (text: string): Socket => {
    const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(text, 'latin1');
    return socket;
  };
  return {
    proxy,
    site,
    service,
    connections: () => connections,
    asked,
    cut() {
      relay.close();
      for (const socket of sockets) socket.destroy();
    },
    async startExchange(text) {
      const socket = open(text);
      const [first] = await once(socket, 'data');
      socket.destroy();
      return String(first);
    },
    async exchange(text) {
      const socket = open(text);
      let received = '';
      for await (const chunk of socket) received += chunk;
      return received;
    },
    async stop() {
      await proxy.stop();
      relay.close();
      await site.close();
      await service.close();
    },
  };
}
