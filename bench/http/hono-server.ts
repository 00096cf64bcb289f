import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AuthorizeResult } from '@valetkey/server';
import { type BenchSite, ORIGIN } from '../bench-site.ts';
import { loadPeer } from '../peers/load-peer.ts';
import { startHonoAdapter, usesAdapter } from './adapter-servers.ts';
import { listen } from './listen.ts';
import { CONSTANT_LIMITS, REFUSED, type RunningServer, topic, type Variant } from './variants.ts';

interface Bindings {
  readonly incoming: { readonly socket: { readonly remoteAddress?: string } };
  readonly outgoing: ServerResponse;
}

interface HonoContext {
  readonly env: Bindings;
  readonly req: {
    readonly raw: Request;
    param(name: string): string;
    header(name: string): string | undefined;
  };
  header(name: string, value: string): void;
  json(body: object, status?: number): Response;
}

type Handler = (c: HonoContext, next: () => Promise<undefined>) => Response | Promise<Response | undefined>;

interface HonoApp {
  get(path: string, ...handlers: Handler[]): void;
  readonly fetch: (request: Request, env: Bindings) => Response | Promise<Response>;
}

interface HonoNode {
  getRequestListener(
    fetch: (request: Request, env: Bindings) => Response | Promise<Response>,
  ): RequestListener;
}

/** Hono 4 on @hono/node-server 2. */
export async function startHono(variant: Variant, site: BenchSite): Promise<RunningServer> {
  if (usesAdapter(variant)) return startHonoAdapter(variant, site);
  const { Hono } = await loadPeer<{ Hono: new () => HonoApp }>('hono');
  const { getRequestListener } = await loadPeer<HonoNode>('@hono/node-server');
  const app = new Hono();
  addRoute(app, variant, site);
  const { fetch } = app;
  const ipAddressOf = ({ incoming }: Bindings) => incoming.socket.remoteAddress ?? '';
  const embedded = getRequestListener(
    variant === 'embedding' || variant === 'embedding in memory'
      ? (request, env) => site.fetch(request, ipAddressOf(env)) ?? fetch(request, env)
      : fetch,
  );
  return listen(createServer(embedded));
}

/** As long as those of the other variants. */
const CONSTANT_HEADERS = {
  'Content-Type': 'application/json',
  ...CONSTANT_LIMITS,
  Vary: 'Origin',
  'Access-Control-Allow-Origin': ORIGIN,
  'Access-Control-Expose-Headers':
    'Auth-Api-Version, Auth-Api-Device-Code, Retry-After, Discourse-Rate-Limit-Error-Code, RateLimit, RateLimit-Policy, WWW-Authenticate',
};

function addRoute(app: HonoApp, variant: Variant, site: BenchSite): void {
  if (variant === 'bare') {
    app.get('/topics/:id', (c) => c.json(topic(c.req.param('id'), null)));
  } else if (variant === 'bare + limits') {
    app.get(
      '/topics/:id',
      (c, next) => {
        for (const [name, value] of Object.entries(CONSTANT_LIMITS)) c.env.outgoing.setHeader(name, value);
        return next();
      },
      (c) => c.json(topic(c.req.param('id'), null)),
    );
  } else if (variant === 'bare + headers') {
    app.get(
      '/topics/:id',
      (c) => new Response(JSON.stringify(topic(c.req.param('id'), null)), { headers: CONSTANT_HEADERS }),
    );
  } else if (variant === 'verify' || variant === 'verify + headers') {
    app.get('/topics/:id', async (c) => {
      const { remoteAddress = '' } = c.env.incoming.socket;
      const given = site.verify(
        c.req.header('user-api-key') ?? '',
        remoteAddress,
        c.req.header('user-agent') ?? null,
      );
      const result = given instanceof Promise ? await given : given;
      if (!result.allowed) return c.json(REFUSED, 403);
      if (variant === 'verify + headers')
        for (const [name, value] of Object.entries(site.rateLimitHeaders(result))) c.header(name, value);
      return c.json(topic(c.req.param('id'), result.principal));
    });
  } else if (variant === 'embedding' || variant === 'embedding in memory') {
    const respond = (c: HonoContext, authorized: AuthorizeResult): Response | Promise<Response> => {
      if (authorized.kind === 'refused') return authorized.response();
      const isKey = authorized.kind === 'key';
      return new Response(JSON.stringify(topic(c.req.param('id'), isKey ? authorized.principal : null)), {
        headers: {
          'Content-Type': 'application/json',
          ...(isKey && authorized.headers),
          ...site.corsHeaders(c.req.raw),
        },
      });
    };
    const ask = (c: HonoContext) => site.authorize(c.req.raw, c.env.incoming.socket.remoteAddress ?? '');
    app.get(
      '/topics/:id',
      variant === 'embedding'
        ? async (c) => respond(c, await ask(c))
        : (c) => {
            const given = ask(c);
            return given instanceof Promise ? given.then((made) => respond(c, made)) : respond(c, given);
          },
    );
  } else {
    app.get('/topics/:id', async (c) => {
      const given = site.authorize(c.req.raw, c.env.incoming.socket.remoteAddress ?? '');
      const authorized = given instanceof Promise ? await given : given;
      if (authorized.kind === 'refused') return authorized.response();
      const isKey = authorized.kind === 'key';
      if (variant !== 'authorize' && isKey)
        for (const [name, value] of Object.entries(authorized.headers)) c.header(name, value);
      return c.json(topic(c.req.param('id'), isKey ? authorized.principal : null));
    });
  }
}
