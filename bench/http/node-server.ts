import { createServer, type RequestListener } from 'node:http';
import type { BenchSite } from '../bench-site.ts';
import { loadPeer } from '../peers/load-peer.ts';
import { startNodeAdapter, usesAdapter } from './adapter-servers.ts';
import { embed } from './fetch-embedding.ts';
import { listen } from './listen.ts';
import { CONSTANT_LIMITS, REFUSED, type RunningServer, topic, type Variant } from './variants.ts';

interface NodeServer {
  getRequestListener(
    fetch: (request: Request, env: { incoming: { socket: { remoteAddress?: string } } }) => Promise<Response>,
  ): RequestListener;
}

/** Node's own HTTP server, without a framework. */
export async function startNode(variant: Variant, site: BenchSite): Promise<RunningServer> {
  if (usesAdapter(variant)) return startNodeAdapter(variant, site);
  if (variant === 'embedding') {
    const { getRequestListener } = await loadPeer<NodeServer>('@hono/node-server');
    const fetch = getRequestListener((request, { incoming }) =>
      embed(request, incoming.socket.remoteAddress ?? '', site),
    );
    return listen(createServer(fetch));
  }
  return listen(
    createServer(async ({ url = '', headers, socket }, response) => {
      const id = /^\/topics\/([^/?]+)$/.exec(url)?.[1] ?? '0';
      const send = (status: number, body: object): void => {
        response.writeHead(status, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      if (variant === 'bare + limits')
        for (const [name, value] of Object.entries(CONSTANT_LIMITS)) response.setHeader(name, value);
      if (variant.startsWith('bare')) return send(200, topic(id, null));
      const given = site.verify(
        String(headers['user-api-key']),
        socket.remoteAddress ?? '',
        headers['user-agent'] ?? null,
      );
      const result = given instanceof Promise ? await given : given;
      if (!result.allowed) return send(403, REFUSED);
      if (variant === 'verify + headers')
        for (const [name, value] of Object.entries(site.rateLimitHeaders(result)))
          response.setHeader(name, value);
      send(200, topic(id, result.principal));
    }),
  );
}
