import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { createFindClientIpAddress } from '../core/ip/client-ip-address.ts';
import { honoKeys, type RequestPrincipal } from './hono.ts';
import { type AdapterUnderTest, describeReader, startTestedApp } from './test-support/adapter-under-test.ts';
import { endpointConformance } from './test-support/endpoint-conformance.ts';
import { guardConformance } from './test-support/guard-conformance.ts';
import { listen } from './test-support/listen.ts';

/** A middleware of the site that reads the body. */
const reading =
  (read: (c: Context) => Promise<unknown>): MiddlewareHandler =>
  async (c, next) => {
    if (c.req.method === 'POST') await read(c).catch(() => {});
    await next();
  };

const PARSERS: Readonly<Record<string, readonly MiddlewareHandler[]>> = {
  none: [],
  'text()': [reading((c) => c.req.text())],
  'arrayBuffer()': [reading((c) => c.req.arrayBuffer())],
  'json() of JSON': [
    reading(async (c) => c.req.header('content-type')?.includes('json') && (await c.req.json())),
  ],
  'parseBody() of forms': [
    reading(async (c) => c.req.header('content-type')?.includes('form') && (await c.req.parseBody())),
  ],
  'formData() of forms': [
    reading(async (c) => c.req.header('content-type')?.includes('form') && (await c.req.formData())),
  ],
};
const LOST = 'a middleware that reads the body without Hono';

interface SiteEnv {
  readonly Variables: { username: string | undefined };
}

const honoAdapter: AdapterUnderTest = {
  name: 'hono',
  parsers: Object.keys(PARSERS),
  readSession: (native) => (native as Context<SiteEnv>).var.username,
  start({ valetkey, prefix, parser, trustsProxy }) {
    const findClient = createFindClientIpAddress(trustsProxy ? ['127.0.0.0/8'] : []);
    const keys = honoKeys(valetkey, {
      ipAddress: (c) =>
        findClient(getConnInfo(c).remote.address ?? '', c.req.header('x-forwarded-for') ?? null),
    });
    const app = new Hono<SiteEnv>().basePath(prefix || '/');
    app.use(async (c, next) => {
      c.set('username', /session=(\w+)/.exec(c.req.header('cookie') ?? '')?.[1]);
      await next();
    });
    if (parser === LOST) app.use(reading((c) => c.req.raw.text()));
    for (const middleware of PARSERS[parser] ?? []) app.use(middleware);
    app.use(keys.endpoints());
    app.get(
      '/photos/:id',
      keys.guard('photos#show', (c) => ({ photo_id: c.req.param('id') })),
      (c) => c.json(describeReader(c.req.param('id'), c.var.principal, c.req.header('cookie') ?? null)),
    );
    app.post('/photos', keys.guard('photos#create'), async (c) => c.json(await c.req.json()));
    app.get('/open', (c) => c.json({}, 200, { Vary: 'Accept-Language' }));
    app.notFound((c) => c.json({ site: 'not found' }, 404));
    app.onError((error, c) => c.json({ site: error.message }, 500));
    return listen(createServer(getRequestListener(app.fetch)));
  },
};

guardConformance(honoAdapter);
endpointConformance(honoAdapter);

describe('hono', () => {
  test('a body that was read without Hono: an error that names the line to move', async () => {
    const app = await startTestedApp(honoAdapter, { parser: LOST });
    const response = await app.send('/user-api-key.json', {
      method: 'POST',
      headers: { Cookie: 'session=alice' },
      body: new URLSearchParams({ client_id: 'c' }),
    });
    expect([response.status, await response.text()]).toEqual([
      500,
      expect.stringMatching(/body_already_read.*above the body parser/s),
    ]);
    await app.stop();
  });

  test.each([
    ['a redirect, whose headers are immutable', () => Response.redirect('https://forum.example/photos')],
    ['a Response that Hono did not create', () => new Response('photo', { headers: { 'X-Own': 'kept' } })],
  ])('guard: sets its headers on %s', async (_name, respond) => {
    const { valetkey, approve } = await createTestSite();
    await valetkey.settings.set('cors_origins', 'https://app.example');
    const keys = honoKeys(valetkey, { ipAddress: () => '192.0.2.1' });
    const app = new Hono();
    app.use(keys.endpoints());
    app.get('/latest', keys.guard('list#latest'), () => respond());
    const headers = { 'User-Api-Key': (await approve()).key, Origin: 'https://app.example' };
    const response = await app.request('/latest', { headers });
    expect(response.status).toBe(respond().status);
    expect(response.headers.has('ratelimit')).toBe(true);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(response.headers.get('x-own')).toBe(respond().headers.get('x-own'));
  });

  test('types: no cast is needed, and c.var.principal has a type on guarded routes', async () => {
    const { valetkey } = await createTestSite();
    const keys = honoKeys(valetkey, { ipAddress: () => '' });
    const app = new Hono<SiteEnv>();
    app.use(keys.endpoints());
    app.get('/photos/:id', keys.guard('photos#show'), (c) => {
      expectTypeOf(c.req.param('id')).toEqualTypeOf<string>();
      expectTypeOf(c.var.principal).toEqualTypeOf<RequestPrincipal>();
      expectTypeOf(c.var.username).toEqualTypeOf<string | undefined>();
      return c.json({});
    });
    expect(() => keys.guard('')).toThrow('needs the name of the route');
  });
});
