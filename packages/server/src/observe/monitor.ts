import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createIpAddressMatcher } from '../core/ip/ip-address-matcher.ts';
import type { Health } from './health.ts';

/** The options of `createMonitor`. */
export interface MonitorOptions {
  readonly metrics: { render(): string };
  /** `valetkey.checkHealth` */
  readonly checkHealth: () => Promise<Health>;
  /** The IP addresses and networks that are served. @default this computer */
  readonly allowFrom?: readonly string[];
}

const THIS_COMPUTER = ['127.0.0.0/8', '::1'];
/** Proxies add one of these. A request from the Internet through a proxy on this computer has its IP address. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/**
 * Creates the server for operators. Give it a port or a Unix socket of its own:
 *
 * - `/healthz`: 200 while the process runs;
 * - `/readyz`: 200 if requests can be served, else 503; JSON with the state of store, change feed and use limiter;
 * - `/metrics`: the metrics in the text format of Prometheus.
 *
 * Everyone else gets 404 without a body: other IP addresses, and requests through a proxy or from a web page.
 */
export function createMonitor({ metrics, checkHealth, allowFrom = THIS_COMPUTER }: MonitorOptions): Server {
  const isAllowed = createIpAddressMatcher(allowFrom);
  return createServer(async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    if (!isFromOperator(request, isAllowed)) return response.writeHead(404).end();
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    if (request.url === '/healthz') return response.end('ok\n');
    if (request.url === '/metrics')
      return response.setHeader('Content-Type', 'text/plain; version=0.0.4').end(metrics.render());
    if (request.url !== '/readyz') return response.writeHead(404).end();
    const health = await checkHealth();
    response.writeHead(health.isReady ? 200 : 503, { 'Content-Type': 'application/json' });
    return response.end(`${JSON.stringify(health)}\n`);
  });
}

function isFromOperator(
  { socket, headers }: IncomingMessage,
  isAllowed: (ipAddress: string) => boolean,
): boolean {
  // The peer of a Unix socket has no address; the mode of the file decides who can connect.
  const isAllowedPeer = socket.remoteAddress === undefined || isAllowed(socket.remoteAddress);
  const isProxied = PROXY_HEADERS.some((name) => headers[name] !== undefined);
  // `none`: an operator entered the URL. A page that knows the address sends another value.
  const isFromPage = headers.origin !== undefined || (headers['sec-fetch-site'] ?? 'none') !== 'none';
  return isAllowedPeer && !isProxied && !isFromPage;
}
