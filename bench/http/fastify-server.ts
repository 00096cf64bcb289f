import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BenchSite } from '../bench-site.ts';
import { loadPeer } from '../peers/load-peer.ts';
import { startFastifyAdapter, usesAdapter } from './adapter-servers.ts';
import { embed, toRequest } from './fetch-embedding.ts';
import { CONSTANT_LIMITS, REFUSED, type RunningServer, topic, type Variant } from './variants.ts';

interface FastifyRequest {
  readonly params: { readonly id: string };
  readonly ip: string;
  readonly headers: IncomingMessage['headers'];
  readonly raw: IncomingMessage;
}

interface FastifyReply {
  code(status: number): FastifyReply;
  header(name: string, value: string): FastifyReply;
}

interface FastifyApp {
  readonly server: Server;
  get(path: string, handler: (request: FastifyRequest, reply: FastifyReply) => unknown): void;
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void,
  ): void;
  listen(options: { port: number; host: string }): Promise<string>;
}

/** Fastify 5. It sends a fetch-style Response that a handler returns. */
export async function startFastify(variant: Variant, site: BenchSite): Promise<RunningServer> {
  if (usesAdapter(variant)) return startFastifyAdapter(variant, site);
  const { default: fastify } = await loadPeer<{ default: () => FastifyApp }>('fastify');
  const app = fastify();
  if (variant === 'bare') {
    app.get('/topics/:id', async ({ params }) => topic(params.id, null));
  } else if (variant === 'bare + limits') {
    app.addHook('onRequest', (_, reply, done) => {
      for (const [name, value] of Object.entries(CONSTANT_LIMITS)) reply.header(name, value);
      done();
    });
    app.get('/topics/:id', async ({ params }) => topic(params.id, null));
  } else if (variant === 'embedding') {
    app.get('/topics/:id', ({ raw, ip }) => embed(toRequest(raw), ip, site));
  } else {
    app.get('/topics/:id', async ({ headers, ip, params }, reply) => {
      const given = site.verify(String(headers['user-api-key']), ip, headers['user-agent'] ?? null);
      const result = given instanceof Promise ? await given : given;
      if (!result.allowed) {
        reply.code(403);
        return REFUSED;
      }
      if (variant === 'verify + headers')
        for (const [name, value] of Object.entries(site.rateLimitHeaders(result))) reply.header(name, value);
      return topic(params.id, result.principal);
    });
  }
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { port: (app.server.address() as AddressInfo).port };
}
