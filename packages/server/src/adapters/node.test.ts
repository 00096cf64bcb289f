import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer, json } from 'node:stream/consumers';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { expect, expectTypeOf, test } from 'vitest';
import { type NodeKeys, nodeKeys, type RequestPrincipal } from './node.ts';
import { type AdapterUnderTest, describeReader } from './test-support/adapter-under-test.ts';
import { endpointConformance } from './test-support/endpoint-conformance.ts';
import { guardConformance } from './test-support/guard-conformance.ts';
import { listen } from './test-support/listen.ts';

const RAW_BODY = 'a function that keeps rawBody';

/** The routes of the app, as a site without a framework writes them. */
async function respond(req: IncomingMessage, res: ServerResponse, keys: NodeKeys): Promise<void> {
  const send = (status: number, body: unknown) => {
    res.writeHead(status, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify(body));
  };
  const [path = ''] = (req.url ?? '').replace(/^\/forum/, '').split('?');
  const [, id] = /^\/photos\/([^/]+)$/.exec(path) ?? [];
  if (id !== undefined) {
    const photoId = decodeURIComponent(id);
    const principal = await keys.guard(req, res, 'photos#show', { photo_id: photoId });
    if (principal) send(200, describeReader(photoId, principal, req.headers.cookie ?? null));
  } else if (path === '/photos') {
    const { rawBody } = req as { rawBody?: Buffer };
    if (await keys.guard(req, res, 'photos#create'))
      send(200, rawBody ? JSON.parse(`${rawBody}`) : await json(req));
  } else if (path === '/open') {
    res.appendHeader('Vary', 'Accept-Language');
    send(200, {});
  } else send(404, { site: 'not found' });
}

const nodeAdapter: AdapterUnderTest = {
  name: 'node',
  parsers: ['none', RAW_BODY],
  readSession: (native) => /session=(\w+)/.exec((native as IncomingMessage).headers.cookie ?? '')?.[1],
  start({ valetkey, parser, trustsProxy }) {
    const keys = nodeKeys(valetkey, trustsProxy ? { trustedProxies: ['127.0.0.0/8'] } : {});
    const handle = async (req: IncomingMessage, res: ServerResponse) => {
      if (parser === RAW_BODY) Object.assign(req, { rawBody: await buffer(req) });
      const isServed = await keys.endpoints(req, res);
      if (!isServed) await respond(req, res, keys);
    };
    return listen(
      createServer((req, res) =>
        handle(req, res).catch((error: Error) => {
          res.writeHead(500, { 'Content-Type': 'application/json' });
          res.end(JSON.stringify({ site: error.message }));
        }),
      ),
    );
  },
};

guardConformance(nodeAdapter);
endpointConformance(nodeAdapter);

test('nodeKeys: rejects trustedProxies that are not IP addresses, and names the entry', async () => {
  const { valetkey } = await createTestSite();
  expect(() => nodeKeys(valetkey, { trustedProxies: ['nginx'] })).toThrow(
    expect.objectContaining({
      code: 'address_list_invalid',
      details: expect.objectContaining({ entry: 'nginx' }),
    }),
  );
});

test('nodeKeys: methods that no Request can have are left to the site', async () => {
  const { valetkey } = await createTestSite();
  const keys = nodeKeys(valetkey);
  const { port, stop } = await listen(
    createServer(async (req, res) => res.end(JSON.stringify(await keys.endpoints(req, res)))),
  );
  const answered = Promise.withResolvers<IncomingMessage>();
  request({ port, host: '127.0.0.1', method: 'TRACE', path: '/user-api-key/new' }, answered.resolve).end();
  expect(await json(await answered.promise)).toBe(false);
  await stop();
});

test('types: guard returns the principal, or null if the request was refused', async () => {
  const { valetkey } = await createTestSite();
  const keys = nodeKeys(valetkey);
  expectTypeOf<Awaited<ReturnType<typeof keys.guard>>>().toEqualTypeOf<RequestPrincipal | null>();
});
