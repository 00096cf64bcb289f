import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { BenchSite } from '../bench-site.ts';
import { loadPeer } from '../peers/load-peer.ts';
import { startExpressAdapter, usesAdapter } from './adapter-servers.ts';
import { embed, sendResponse, toRequest } from './fetch-embedding.ts';
import { listen } from './listen.ts';
import { CONSTANT_LIMITS, REFUSED, type RunningServer, topic, type Variant } from './variants.ts';

interface ExpressRequest extends IncomingMessage {
  readonly params: { readonly id: string };
  readonly ip?: string;
}

interface ExpressResponse extends ServerResponse {
  json(body: object): void;
  status(code: number): ExpressResponse;
}

type Handler = (request: ExpressRequest, response: ExpressResponse, next: () => void) => void | Promise<void>;

interface ExpressApp {
  get(path: string, ...handlers: Handler[]): void;
  use(handler: Handler): void;
}

/** Express 5. */
export async function startExpress(variant: Variant, site: BenchSite): Promise<RunningServer> {
  if (usesAdapter(variant)) return startExpressAdapter(variant, site);
  const { default: express } = await loadPeer<{ default: () => ExpressApp & RequestListener }>('express');
  const app = express();
  if (variant === 'bare') {
    app.get('/topics/:id', (request, response) => response.json(topic(request.params.id, null)));
  } else if (variant === 'bare + limits') {
    app.get(
      '/topics/:id',
      (_, response, next) => {
        for (const [name, value] of Object.entries(CONSTANT_LIMITS)) response.setHeader(name, value);
        next();
      },
      (request, response) => response.json(topic(request.params.id, null)),
    );
  } else if (variant === 'embedding') {
    app.use(async (request, response) =>
      sendResponse(await embed(toRequest(request), request.ip ?? '', site), response),
    );
  } else {
    app.get('/topics/:id', async ({ headers, ip = '', params }, response) => {
      const given = site.verify(String(headers['user-api-key']), ip, headers['user-agent'] ?? null);
      const result = given instanceof Promise ? await given : given;
      if (!result.allowed) return response.status(403).json(REFUSED);
      if (variant === 'verify + headers')
        for (const [name, value] of Object.entries(site.rateLimitHeaders(result)))
          response.setHeader(name, value);
      response.json(topic(params.id, result.principal));
    });
  }
  return listen(createServer(app));
}
