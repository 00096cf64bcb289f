import type { AddressInfo } from 'node:net';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import createApp, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { defineScopes } from '../core/scopes/define-scopes.ts';
import { fastifyKeys, type RequestPrincipal } from './fastify.ts';
import { type AdapterUnderTest, describeReader } from './test-support/adapter-under-test.ts';
import { endpointConformance } from './test-support/endpoint-conformance.ts';
import { guardConformance } from './test-support/guard-conformance.ts';

const PARSERS: Readonly<Record<string, (app: FastifyInstance) => void>> = {
  none: () => {},
  'a parser for forms': (app) =>
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    ),
  'a parser for every type': (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
      done(null, JSON.parse(`${body}`)),
    );
  },
};

interface SessionRequest extends FastifyRequest {
  username?: string | undefined;
}

const fastifyAdapter: AdapterUnderTest = {
  name: 'fastify',
  parsers: Object.keys(PARSERS),
  readSession: (native) => (native as SessionRequest).username,
  async start({ valetkey, prefix, parser, trustsProxy }) {
    const app = createApp({ trustProxy: trustsProxy && 'loopback' });
    app.addHook('onRequest', async (request: SessionRequest) => {
      request.username = /session=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    });
    PARSERS[parser]?.(app);
    await app.register(fastifyKeys, { valetkey });
    app.setNotFoundHandler((_request, reply) => reply.code(404).send({ site: 'not found' }));
    app.setErrorHandler((error: Error, _request, reply) => reply.code(500).send({ site: error.message }));
    app.register(
      async (site) => {
        site.get<{ Params: { id: string } }>(
          '/photos/:id',
          { config: { valetkey: { route: 'photos#show', parameters: { photo_id: 'id' } } } },
          async ({ params, principal, headers }) =>
            describeReader(params.id, principal, headers.cookie ?? null),
        );
        site.post('/photos', { config: { valetkey: { route: 'photos#create' } } }, async ({ body }) => body);
        site.get('/open', { config: { valetkey: 'open' } }, async (_request, reply) => {
          const vary = [reply.getHeader('vary'), 'Accept-Language'].filter(Boolean).join(', ');
          return reply.header('Vary', vary).send({});
        });
      },
      { prefix },
    );
    await app.listen({ port: 0, host: '127.0.0.1' });
    return {
      port: (app.server.address() as AddressInfo).port,
      async stop() {
        app.server.closeAllConnections();
        await app.close();
      },
    };
  },
};

guardConformance(fastifyAdapter);
endpointConformance(fastifyAdapter);

/** An app with the plugin and a key with all scopes to read. */
async function createGuarded() {
  const { valetkey, approve } = await createTestSite();
  const app = createApp();
  await app.register(fastifyKeys, { valetkey });
  return { app, valetkey, approve };
}

describe('fastify: the declaration of a route', () => {
  test.each([
    ['nothing', {}],
    ['another word', { config: { valetkey: 'public' } }],
    ['an empty name', { config: { valetkey: { route: '' } } }],
    ['null', { config: { valetkey: null } }],
  ])('%s: stops the start, and the error names the route', async (_name, options) => {
    const { app } = await createGuarded();
    expect(() => app.get('/photos/:id', options as object, async () => 'ok')).toThrow(
      /The route GET \/photos\/:id does not declare who may call it/,
    );
  });

  test('in a plugin with a prefix: stops the start too', async () => {
    const { app } = await createGuarded();
    app.register(async (inner) => void inner.get('/x', async () => 'ok'), { prefix: '/inner' });
    await expect(app.ready()).rejects.toThrow('The route GET /inner/x does not declare who may call it');
  });

  test('declare: decides for the routes of other plugins', async () => {
    const { valetkey } = await createTestSite();
    const app = createApp();
    const declare = ({ url }: { url: string }) => (url.startsWith('/docs') ? ('open' as const) : undefined);
    await app.register(fastifyKeys, { valetkey, declare });
    app.get('/docs/a', async () => 'ok');
    expect(() => app.get('/other', async () => 'ok')).toThrow('does not declare who may call it');
    expect((await app.inject('/docs/a')).body).toBe('ok');
  });

  test('session: refuses every key, valid or not, and serves browsers', async () => {
    const { app, approve } = await createGuarded();
    app.get('/settings', { config: { valetkey: 'session' } }, async ({ principal }) => principal.kind);
    expect((await app.inject('/settings')).body).toBe('anonymous');
    for (const key of [(await approve()).key, 'x']) {
      const response = await app.inject({ url: '/settings', headers: { 'user-api-key': key } });
      expect([response.statusCode, response.json()]).toEqual([
        403,
        expect.objectContaining({ code: 'session_required' }),
      ]);
    }
  });

  test('without a name: scopes name the route by its method and path, with the prefix', async () => {
    const photos = { sentence: 'See your photos', permissions: ['GET /photos/:id'] } as const;
    const { valetkey, approve } = await createTestSite({ scopes: defineScopes({ photos }) });
    await valetkey.settings.set('allow_user_api_key_scopes', 'photos');
    const app = createApp();
    await app.register(fastifyKeys, { valetkey });
    const respond = async () => 'ok';
    app.register(
      async (inner) => {
        inner.get('/:id', { config: { valetkey: {} } }, respond);
        inner.post('/:id', { config: { valetkey: {} } }, respond);
        inner.get('/:id/comments', { config: { valetkey: {} } }, respond);
      },
      { prefix: '/photos' },
    );
    const headers = { 'user-api-key': (await approve({ scopes: 'photos' })).key };
    const statusOf = async (method: 'GET' | 'POST', url: string) =>
      (await app.inject({ method, url, headers })).statusCode;
    expect(await statusOf('GET', '/photos/7')).toBe(200);
    expect(await statusOf('POST', '/photos/7')).toBe(403);
    expect(await statusOf('GET', '/photos/7/comments')).toBe(403);
  });

  test.each<[string, (app: FastifyInstance) => void]>([
    ['before the plugin', (app) => void app.get('/early', async () => 'ok')],
    [
      'in a plugin before it',
      (app) => void app.register(async (inner) => void inner.get('/early', async () => 'ok')),
    ],
  ])('a route %s: stops the start, because it would have no guard', async (_name, declareRoute) => {
    const { valetkey } = await createTestSite();
    const app = createApp();
    declareRoute(app);
    app.register(fastifyKeys, { valetkey });
    await expect(app.ready()).rejects.toThrow('before all routes');
  });

  test('a route right after a registration that is not awaited: stops the start', async () => {
    const { valetkey } = await createTestSite();
    const app = createApp();
    app.register(fastifyKeys, { valetkey });
    app.get('/early', { config: { valetkey: {} } }, async () => 'ok');
    await expect(app.ready()).rejects.toThrow('await app.register');
  });

  test('a registration below a prefix: stops the start', async () => {
    const { valetkey } = await createTestSite();
    const app = createApp();
    app.register(async (inner) => void inner.register(fastifyKeys, { valetkey }), { prefix: '/inner' });
    await expect(app.ready()).rejects.toThrow('on the root instance');
  });

  test('types: the plugin needs no cast, and request.principal has a type', async () => {
    const { app } = await createGuarded();
    app.get('/photos', { config: { valetkey: 'open' } }, async (request) => {
      expectTypeOf(request.principal).toEqualTypeOf<RequestPrincipal>();
    });
  });
});
