import { createServer, type IncomingMessage } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';
import { createFindClientIpAddress } from '../core/ip/client-ip-address.ts';
import { type FetchKeys, fetchKeys } from './fetch.ts';
import { type AdapterUnderTest, describeReader } from './test-support/adapter-under-test.ts';
import { endpointConformance } from './test-support/endpoint-conformance.ts';
import { guardConformance } from './test-support/guard-conformance.ts';
import { listen } from './test-support/listen.ts';

/** The platform's own request, such as the event of SvelteKit. */
interface Platform {
  readonly username: string | undefined;
  readonly ipAddress: string;
}

/** The routes of the site, as route handlers of a framework. */
async function respond(request: Request, keys: FetchKeys<Platform>, platform: Platform): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/forum/, '');
  const [, id] = /^\/photos\/([^/]+)$/.exec(path) ?? [];
  if (id !== undefined) {
    const photoId = decodeURIComponent(id);
    const route = { name: 'photos#show', parameters: { photo_id: photoId } };
    const show = (principal: Parameters<typeof describeReader>[1], { headers }: Request) =>
      Response.json(describeReader(photoId, principal, headers.get('cookie')));
    return keys.guard(request, route, show, platform);
  }
  if (path === '/photos')
    return keys.guard(
      request,
      'photos#create',
      async (_principal, { body }) => new Response(body, { headers: { 'Content-Type': 'application/json' } }),
      platform,
    );
  if (path === '/open') return Response.json({}, { headers: { Vary: 'Accept-Language' } });
  return Response.json({ site: 'not found' }, { status: 404 });
}

const fetchAdapter: AdapterUnderTest = {
  name: 'fetch',
  parsers: ['none'],
  readSession: (native) => (native as Platform).username,
  start({ valetkey, trustsProxy }) {
    const findClient = createFindClientIpAddress(trustsProxy ? ['127.0.0.0/8'] : []);
    const keys = fetchKeys<Platform>(valetkey, {
      ipAddress: ({ headers }, platform) => findClient(platform.ipAddress, headers.get('x-forwarded-for')),
    });
    const handle = async (request: Request, { incoming }: { incoming: IncomingMessage }) => {
      const platform = {
        username: /session=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1],
        ipAddress: incoming.socket.remoteAddress ?? '',
      };
      try {
        return await keys.endpoints(request, () => respond(request, keys, platform), platform);
      } catch (error) {
        return Response.json({ site: (error as Error).message }, { status: 500 });
      }
    };
    return listen(createServer(getRequestListener(handle as Parameters<typeof getRequestListener>[0])));
  },
};

guardConformance(fetchAdapter);
endpointConformance(fetchAdapter);

test('fetchKeys: without a platform, endpoints responds with 404 to the requests of the site', async () => {
  const { valetkey } = await createTestSite();
  const keys = fetchKeys(valetkey, { ipAddress: () => '192.0.2.1' });
  expect((await keys.endpoints(new Request('https://forum.example/latest'))).status).toBe(404);
  expect((await keys.endpoints(new Request('https://forum.example/user-api-key/activate'))).status).toBe(302);
});

test('fetchKeys: sets its headers on a response with immutable headers', async () => {
  const { valetkey, approve } = await createTestSite();
  const keys = fetchKeys(valetkey, { ipAddress: () => '192.0.2.1' });
  const headers = { 'User-Api-Key': (await approve()).key };
  const response = await keys.guard(
    new Request('https://forum.example/latest', { headers }),
    'list#latest',
    () => Response.redirect('https://forum.example/x'),
  );
  expect([response.status, response.headers.has('ratelimit')]).toEqual([302, true]);
});
