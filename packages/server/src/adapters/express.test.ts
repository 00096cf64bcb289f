import { createServer } from 'node:http';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { expressKeys, KeyRefused, type RequestPrincipal } from './express.ts';
import { type AdapterUnderTest, describeReader, startTestedApp } from './test-support/adapter-under-test.ts';
import { endpointConformance } from './test-support/endpoint-conformance.ts';
import { guardConformance } from './test-support/guard-conformance.ts';
import { listen } from './test-support/listen.ts';

/** The middleware of a site's sessions, such as that of `express-session`. */
const sessions: RequestHandler = (req, _res, next) => {
  const [, username] = /session=(\w+)/.exec(req.headers.cookie ?? '') ?? [];
  Object.assign(req, { session: { username } });
  next();
};

const PARSERS: Readonly<Record<string, readonly RequestHandler[]>> = {
  none: [],
  'json()': [express.json()],
  'urlencoded()': [express.urlencoded()],
  'urlencoded({ extended: true }), json()': [express.urlencoded({ extended: true }), express.json()],
  'json(), urlencoded()': [express.json(), express.urlencoded()],
  'raw() of every type': [express.raw({ type: () => true })],
  'text() of every type': [express.text({ type: () => true })],
  'a parser that reads the body and keeps nothing': [
    (req, _res, next) => {
      req.resume();
      req.on('end', () => next());
    },
  ],
};
const [LOST = '', ...KEPT] = Object.keys(PARSERS).toReversed();

/** Parses the body unless an earlier parser has done that. */
const echo: readonly RequestHandler[] = [
  express.json(),
  ({ body }, res) =>
    void res.json(typeof body === 'string' || Buffer.isBuffer(body) ? JSON.parse(`${body}`) : body),
];

const showError: ErrorRequestHandler = (error, _req, res, _next) => {
  res.status(500).json({ site: error.message });
};

const expressAdapter: AdapterUnderTest = {
  name: 'express',
  parsers: KEPT.toReversed(),
  readSession: (native) => (native as { session: { username?: string } }).session.username,
  async start({ valetkey, prefix, parser, trustsProxy }) {
    const keys = expressKeys(valetkey);
    const site = express.Router();
    site.use(...[sessions, ...(PARSERS[parser] ?? [])], keys.endpoints);
    site.get(
      '/photos/:id',
      keys.guard('photos#show', (req) => ({ photo_id: req.params.id })),
      (req, res) => {
        res.json(describeReader(req.params.id, req.principal, req.headers.cookie ?? null));
      },
    );
    site.post('/photos', keys.guard('photos#create'), ...echo);
    site.get('/open', (_req, res) => void res.vary('Accept-Language').json({}));
    const app = express();
    if (trustsProxy) app.set('trust proxy', 'loopback');
    app.use(prefix || '/', site);
    app.use((_req, res) => void res.status(404).json({ site: 'not found' }));
    app.use(showError);
    return listen(createServer(app));
  },
};

guardConformance(expressAdapter);
endpointConformance(expressAdapter);

describe('express', () => {
  test('a body that an earlier parser has not kept: an error that names the line to move', async () => {
    const app = await startTestedApp(expressAdapter, { parser: LOST });
    const response = await app.send('/user-api-key.json', {
      method: 'POST',
      headers: { Cookie: 'session=alice' },
      body: new URLSearchParams({ client_id: 'c' }),
    });
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(/body_already_read.*above the body parser/s);
    await app.stop();
  });

  test('authorize and refusals: a handler that knows the route only later', async () => {
    const { valetkey, approve } = await createTestSite();
    const keys = expressKeys(valetkey);
    const app = express();
    app.get('/:list', async (req, res) => {
      const principal = await keys.authorize(req, `list#${req.params.list}`);
      res.json({ kind: principal.kind, same: principal === req.principal });
    });
    app.use(keys.refusals, showError);
    const { port, stop } = await listen(createServer(app));
    const { key } = await approve({ scopes: 'session_info' });
    const get = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${port}/latest`, { headers });
    expect(await (await get({})).json()).toEqual({ kind: 'anonymous', same: true });
    const refused = await get({ 'User-Api-Key': key });
    expect([refused.status, await refused.json()]).toEqual([
      403,
      expect.objectContaining({ code: 'scope_insufficient' }),
    ]);
    await stop();
  });

  test('refusals: leaves other errors to the site', () => {
    const keys = expressKeys({} as Parameters<typeof expressKeys>[0]);
    const error = new Error('another');
    let received: unknown;
    keys.refusals(error, {} as never, {} as never, (passed) => {
      received = passed;
    });
    expect(received).toBe(error);
    expect(error).not.toBeInstanceOf(KeyRefused);
  });

  test('guard: a route without a name is rejected at the start', async () => {
    const { valetkey } = await createTestSite();
    expect(() => expressKeys(valetkey).guard('')).toThrow('needs the name of the route');
  });

  test('types: the middlewares need no cast, and req.principal has a type', async () => {
    const { valetkey } = await createTestSite();
    const keys = expressKeys(valetkey);
    const router = express.Router();
    router.use(keys.endpoints, keys.refusals);
    router.get('/photos/:id', keys.guard('photos#show'), (req) => {
      expectTypeOf(req.params.id).toEqualTypeOf<string>();
      expectTypeOf(req.principal).toEqualTypeOf<RequestPrincipal>();
    });
    expectTypeOf(keys.guard('photos#show')).toExtend<RequestHandler>();
    expectTypeOf(keys.refusals).toExtend<ErrorRequestHandler>();
  });
});
