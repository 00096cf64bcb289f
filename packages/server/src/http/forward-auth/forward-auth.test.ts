import { createTestSite, type TestSite } from '@valetkey/test-support/site/test-site';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRouteMatcher } from '../../core/routes/route-matcher.ts';
import { createForwardAuth, type ForwardAuthOptions } from './forward-auth.ts';

const matchRoute = createRouteMatcher([
  { name: 'list#latest', method: 'GET', path: '/latest' },
  { name: 'posts#create', method: 'POST', path: '/posts' },
]);
const PROXY = '10.0.0.1';
let site: TestSite;
let key: string;
let now = 0;

beforeAll(async () => {
  site = await createTestSite();
  ({ key } = await site.approve());
});
beforeEach(async () => {
  now += 60_000;
  await site.valetkey.settings.set('max_user_api_reqs_per_minute', 10_000);
});

function ask(
  url: string,
  headers: Record<string, string>,
  options: Partial<ForwardAuthOptions> & { method?: string; peer?: string } = {},
) {
  const { method = 'GET', peer = PROXY, ...changes } = options;
  const forwardAuth = createForwardAuth({
    valetkey: site.valetkey,
    matchRoute,
    isTrustedPeer: (address) => address === PROXY,
    monotonicNow: () => now,
    ...changes,
  });
  return forwardAuth.answer({ method, url, headers: new Headers(headers) }, peer);
}

const COMMON = { Host: 'forum.example', 'X-Forwarded-For': '192.0.2.1' };
const nginx = (uri: string, method = 'GET') => ({
  ...COMMON,
  'X-Original-URI': uri,
  'X-Original-Method': method,
});
const forwarded = (uri: string, method = 'GET') => ({
  ...COMMON,
  'X-Forwarded-Uri': uri,
  'X-Forwarded-Method': method,
});
const withKey = (headers: Record<string, string>) => ({ ...headers, 'User-Api-Key': key });

describe('createForwardAuth', () => {
  test.each([
    ['nginx', '/valetkey/verify/nginx', nginx('/latest?page=2')],
    [
      'Caddy, which appends the query of the client',
      '/valetkey/verify/forwarded?page=2',
      forwarded('/latest?page=2'),
    ],
    ['Envoy, which appends the path', '/valetkey/verify/envoy/latest?page=2', COMMON],
  ])('%s: allows a request with every identity header and no body', async (_, url, headers) => {
    const response = await ask(url, withKey(headers));
    expect(response).toMatchObject({
      status: 204,
      body: '',
      headers: {
        'X-Valetkey-User': 'alice',
        'X-Valetkey-Scopes': 'read',
        'X-Valetkey-Jwt': '-',
        'cache-control': 'no-store',
      },
    });
    expect(response.headers).toHaveProperty('RateLimit');
  });

  test.each(['/valetkey/verify/nginx', '/valetkey/verify/forwarded', '/valetkey/verify/envoy/latest'])(
    '%s: without a key, allows with “-” in every identity header',
    async (url) => {
      const { status, headers } = await ask(url, { ...nginx('/latest'), ...forwarded('/latest') });
      expect(status).toBe(204);
      for (const name of ['User', 'User-Id', 'Scopes', 'Client-Id', 'Key-Id', 'Jwt'])
        expect(headers[`X-Valetkey-${name}`]).toBe('-');
    },
  );

  test('each endpoint reads its own headers only', async () => {
    const mixed = { ...nginx('/latest'), ...forwarded('/posts', 'POST') };
    expect((await ask('/valetkey/verify/nginx', withKey(mixed))).status).toBe(204);
    expect((await ask('/valetkey/verify/forwarded', withKey(mixed))).status).toBe(403);
    expect((await ask('/valetkey/verify/envoy/posts', withKey(mixed), { method: 'POST' })).status).toBe(403);
  });

  test.each([
    ['nginx', 'X-Original-URI'],
    ['nginx', 'X-Original-Method'],
    ['nginx', 'X-Forwarded-For'],
    ['nginx', 'Host'],
    ['forwarded', 'X-Forwarded-Uri'],
    ['forwarded', 'X-Forwarded-Method'],
    ['forwarded', 'X-Forwarded-For'],
  ])('%s without %s, or with two: 500 verify_misconfigured, and decides nothing', async (kind, name) => {
    const all = new Headers(kind === 'nginx' ? nginx('/latest') : forwarded('/latest'));
    const reasons: string[] = [];
    const onMisconfigured = (reason: string) => void reasons.push(reason);
    const others = Object.fromEntries([...all].filter(([other]) => other !== name.toLowerCase()));
    const missing = await ask(`/valetkey/verify/${kind}`, withKey(others), { onMisconfigured });
    expect(missing).toMatchObject({ status: 500, body: expect.stringContaining('verify_misconfigured') });
    expect(reasons[0]).toContain(name.toLowerCase());
    if (name === 'Host') return;
    const doubled = { ...others, [name]: `${all.get(name)}, ${all.get(name)}` };
    expect((await ask(`/valetkey/verify/${kind}`, withKey(doubled))).status).toBe(500);
  });

  test.each(['203.0.113.7', '', '10.0.0.11'])(
    'a peer that is not trusted (%j): 403 for every kind',
    async (peer) => {
      for (const [kind, headers] of [
        ['nginx', nginx('/latest')],
        ['forwarded', forwarded('/latest')],
        ['envoy/latest', COMMON],
      ] as const) {
        const response = await ask(`/valetkey/verify/${kind}`, withKey(headers), { peer });
        expect(response).toMatchObject({ status: 403, body: expect.stringContaining('proxy_not_trusted') });
        expect(response.headers).not.toHaveProperty('X-Valetkey-User');
      }
    },
  );

  test('nginx: a refusal is 403 without a body; status, wait and JSON for the client are in headers', async () => {
    await site.valetkey.settings.set('max_user_api_reqs_per_minute', 1);
    site.advance(120_000);
    await ask('/valetkey/verify/nginx', withKey(nginx('/latest')));
    const { status, headers, body } = await ask('/valetkey/verify/nginx', withKey(nginx('/latest')));
    expect([status, body, headers['Content-Length'], headers['X-Valetkey-Status']]).toEqual([
      403,
      '',
      '0',
      '429',
    ]);
    expect(Number(headers['X-Valetkey-Retry-After'])).toBeGreaterThan(0);
    expect(JSON.parse(headers['X-Valetkey-Body'] ?? '')).toMatchObject({ code: 'rate_limited' });
    expect(headers['X-Valetkey-Body']).toMatch(/^[\x20-\x7e]{1,2000}$/);
    const plain = await ask('/valetkey/verify/forwarded', withKey(forwarded('/latest')));
    expect([plain.status, plain.headers['retry-after']]).toEqual([429, headers['X-Valetkey-Retry-After']]);
  });

  test('nginx: questions with one request id count once for five seconds; another key, path or kind counts', async () => {
    site.advance(120_000);
    const forwardAuth = createForwardAuth({
      valetkey: site.valetkey,
      matchRoute,
      isTrustedPeer: () => true,
      monotonicNow: () => now,
    });
    const left = async (url: string, headers: Record<string, string>) => {
      const response = await forwardAuth.answer(
        { method: 'GET', url, headers: new Headers(withKey(headers)) },
        PROXY,
      );
      return Number(/r=(\d+)/.exec(response.headers.RateLimit ?? '')?.[1]);
    };
    const id = { 'X-Request-Id': 'a'.repeat(32) };
    const first = await left('/valetkey/verify/nginx', { ...nginx('/latest'), ...id });
    expect(await left('/valetkey/verify/nginx', { ...nginx('/latest'), ...id })).toBe(first);
    expect(await left('/valetkey/verify/nginx', { ...nginx('/latest?a'), ...id })).toBe(first - 1);
    expect(await left('/valetkey/verify/forwarded', { ...forwarded('/latest'), ...id })).toBe(first - 2);
    expect(await left('/valetkey/verify/nginx', { ...nginx('/latest'), 'X-Request-Id': 'short' })).toBe(
      first - 3,
    );
    now += 5_000;
    expect(await left('/valetkey/verify/nginx', { ...nginx('/latest'), ...id })).toBe(first - 4);
  });

  test('answer: returns no promise for an allowed request whose key and token are in memory', async () => {
    site.advance(120_000);
    await ask('/valetkey/verify/nginx', withKey(nginx('/latest')));
    const forwardAuth = createForwardAuth({ valetkey: site.valetkey, matchRoute, isTrustedPeer: () => true });
    const headers = new Headers(withKey(nginx('/latest')));
    const response = forwardAuth.answer({ method: 'GET', url: '/valetkey/verify/nginx', headers }, PROXY);
    expect(response).not.toBeInstanceOf(Promise);
    expect(response).toMatchObject({ status: 204 });
  });

  test('a prefix that the proxy replaces is replaced before the route is matched, and required', async () => {
    const prefix = { public: '/forum', service: '' };
    const of = (uri: string) => ask('/valetkey/verify/forwarded', withKey(forwarded(uri)), { prefix });
    expect((await of('/forum/latest')).status).toBe(204);
    expect((await of('/latest')).status).toBe(500);
    expect((await of('/forumlatest')).status).toBe(500);
    expect((await of('/forum/posts')).status).toBe(403);
  });

  test('an ambiguous path is refused, also without a key', async () => {
    const wrapped = await ask('/valetkey/verify/nginx', nginx('/x/%2e%2e/latest'));
    expect([wrapped.status, wrapped.headers['X-Valetkey-Status']]).toEqual([403, '400']);
    expect((await ask('/valetkey/verify/forwarded', forwarded('//latest'))).status).toBe(400);
    expect((await ask('/valetkey/verify/envoy//latest', COMMON)).status).toBe(400);
  });

  test('serves: the three addresses only', () => {
    const { serves } = createForwardAuth({ valetkey: site.valetkey, matchRoute, isTrustedPeer: () => true });
    const asked = ['/valetkey/verify/nginx', '/valetkey/verify/forwarded?a', '/valetkey/verify/envoy/x'];
    const others = [
      '/valetkey/verify',
      '/valetkey/verify/nginx/',
      '/valetkey/verify/other',
      '/valetkey/verify/envoy',
      '/x/valetkey/verify/nginx',
    ];
    expect([...asked, ...others].filter(serves)).toEqual(asked);
  });
});

/** Traefik is not installed where these tests run. This is what its `writeHeader` does for each setting (v3.7). */
function askLikeTraefik(
  trustForwardHeader: boolean,
  client: Record<string, string>,
  uri: string,
): Record<string, string> {
  const headers = { ...client };
  const own = {
    'X-Forwarded-Method': 'GET',
    'X-Forwarded-Uri': uri,
    'X-Forwarded-For': '192.0.2.1',
    Host: 'forum.example',
  };
  for (const [name, value] of Object.entries(own))
    if (!trustForwardHeader || !(name in headers)) headers[name] = value;
  return headers;
}

describe('a stand-in for Traefik', () => {
  const forged = { 'X-Forwarded-Uri': '/latest', 'X-Forwarded-Method': 'GET' };

  test('trustForwardHeader: false verifies the real path', async () => {
    const headers = askLikeTraefik(false, withKey(forged), '/secret');
    expect((await ask('/valetkey/verify/forwarded', headers)).status).toBe(403);
  });

  test('trustForwardHeader: true verifies what the client says, so the guide forbids it', async () => {
    const headers = askLikeTraefik(true, withKey(forged), '/secret');
    expect((await ask('/valetkey/verify/forwarded', headers)).status).toBe(204);
  });
});
