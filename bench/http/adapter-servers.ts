// The servers with Valetkey's own adapters, as the guide for sites shows them.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expressKeys } from '@valetkey/server/express';
import { fastifyKeys } from '@valetkey/server/fastify';
import { honoKeys } from '@valetkey/server/hono';
import { nodeKeys } from '@valetkey/server/node';
import type { BenchSite } from '../bench-site.ts';
import { loadPeer } from '../peers/load-peer.ts';
import { listen } from './listen.ts';
import { type RunningServer, topic, type Variant } from './variants.ts';

/** Returns whether the variant is one of the servers below. */
export const usesAdapter = (variant: Variant): boolean =>
  variant === 'guard' || variant === 'endpoints + guard';

const NAME = 'topics#show';
const userOf = (principal: { readonly kind: string }) =>
  principal.kind === 'anonymous' ? null : (principal as Parameters<typeof topic>[1]);

export function startNodeAdapter(variant: Variant, { valetkey }: BenchSite): Promise<RunningServer> {
  const keys = nodeKeys(valetkey);
  const server = createServer(async (req, res) => {
    if (variant !== 'guard' && (await keys.endpoints(req, res))) return;
    const id = /^\/topics\/([^/?]+)$/.exec(req.url ?? '')?.[1] ?? '0';
    const given = keys.guard(req, res, NAME, { topic_id: id });
    const principal = given instanceof Promise ? await given : given;
    if (!principal) return;
    res.writeHead(200, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify(topic(id, userOf(principal))));
  });
  return listen(server);
}

/** The members of the frameworks that these servers use. The benchmark installs the frameworks apart. */
interface App {
  use(...middlewares: object[]): void;
  get(path: string, ...handlers: unknown[]): void;
}

export async function startExpressAdapter(variant: Variant, { valetkey }: BenchSite): Promise<RunningServer> {
  const { default: express } = await loadPeer<{ default: () => App & RequestListener }>('express');
  const keys = expressKeys(valetkey);
  const app = express();
  if (variant !== 'guard') app.use(keys.endpoints);
  const readParameters = ({ params }: { params: { readonly id?: unknown } }) => ({ topic_id: params.id });
  app.get(
    '/topics/:id',
    keys.guard(NAME, readParameters),
    (req: { params: { id: string }; principal: { kind: string } }, res: { json(body: object): void }) =>
      res.json(topic(req.params.id, userOf(req.principal))),
  );
  return listen(createServer(app));
}

interface FastifyApp {
  readonly server: Server;
  register(plugin: object, options: object): Promise<void>;
  get(path: string, options: object, handler: unknown): void;
  listen(options: { port: number; host: string }): Promise<string>;
}

export async function startFastifyAdapter(
  _variant: Variant,
  { valetkey }: BenchSite,
): Promise<RunningServer> {
  const { default: fastify } = await loadPeer<{ default: () => FastifyApp }>('fastify');
  const app = fastify();
  await app.register(fastifyKeys, { valetkey });
  app.get(
    '/topics/:id',
    { config: { valetkey: { route: NAME, parameters: { topic_id: 'id' } } } },
    async (request: { params: { id: string }; principal: { kind: string } }) =>
      topic(request.params.id, userOf(request.principal)),
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { port: (app.server.address() as AddressInfo).port };
}

interface HonoContext {
  readonly env: { readonly incoming: { readonly socket: { readonly remoteAddress?: string } } };
  readonly req: { param(name: string): string };
  readonly var: { readonly principal: { readonly kind: string } };
  json(body: object): Response;
}

export async function startHonoAdapter(variant: Variant, { valetkey }: BenchSite): Promise<RunningServer> {
  const { Hono } = await loadPeer<{ Hono: new () => App & { readonly fetch: unknown } }>('hono');
  const { getRequestListener } = await loadPeer<{ getRequestListener(fetch: unknown): RequestListener }>(
    '@hono/node-server',
  );
  const keys = honoKeys(valetkey, {
    ipAddress: ({ env }) => (env as HonoContext['env']).incoming.socket.remoteAddress ?? '',
  });
  const app = new Hono();
  if (variant !== 'guard') app.use(keys.endpoints());
  const guard = keys.guard(NAME, (c) => ({ topic_id: c.req.param('id') }));
  app.get('/topics/:id', guard, (c: HonoContext) =>
    c.json(topic(c.req.param('id'), userOf(c.var.principal))),
  );
  return listen(createServer(getRequestListener(app.fetch)));
}
