import { describeWhen } from '@valetkey/test-support/describe-when';
import { findProgram } from '@valetkey/test-support/find-program';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ProxyWorld, startProxyWorld } from './proxy-world.ts';
import { startNginx } from './start-proxy.ts';

const long = (at: number): string => `scope_${String(at).padStart(3, '0')}_${'x'.repeat(40)}`;
const MANY = Array.from({ length: 60 }, (_, at) => long(at));

describeWhen(findProgram('nginx') !== null)('forward authentication through nginx, in particular', () => {
  let world: ProxyWorld;
  let key: string;
  let limited: string;
  beforeAll(async () => {
    const scopes = MANY.map((name) => `  ${name}: { sentence: Do much, routes: [GET /much] }\n`).join('');
    // As sites with index files and fallbacks have it: nginx asks again after the internal redirect.
    const edit = (site: string) =>
      site.replace(
        '  location = /_valetkey_verify {',
        `  location = /api/notes/7 { ${guardLines(site)} try_files /none /api/notes/8; }\n  location = /_valetkey_verify {`,
      );
    world = await startProxyWorld(startNginx, { scopes, edit });
    key = await world.site.approve('alice');
    limited = await world.site.approve('bob');
  });
  afterAll(() => world.stop());

  const remaining = async (path: string): Promise<number> => {
    const response = await fetch(world.proxy.url + path, { headers: { 'User-Api-Key': key } });
    expect(response.status).toBe(200);
    return Number(/r=(\d+)/.exec(response.headers.get('ratelimit') ?? '')?.[1]);
  };

  test('a thousand questions need at most 16 connections, for allowed, refused and limited keys', async () => {
    const before = world.connections();
    await world.site.setting('max_user_api_reqs_per_minute', 1);
    for (let use = 0; use < 20; use += 1) {
      const response = await fetch(`${world.proxy.url}/api/notes`, { headers: { 'User-Api-Key': limited } });
      expect([response.status, await response.text()]).toEqual(
        use === 0 ? [200, 'GET /api/notes'] : [429, expect.stringContaining('rate_limited')],
      );
    }
    await world.site.setting('max_user_api_reqs_per_minute', 10_000);
    for (let round = 0; round < 100; round += 1) {
      await Promise.all(
        Array.from({ length: 10 }, async (_, at) => {
          const path = at % 2 === 0 ? '/api/notes' : '/api/other';
          const response = await fetch(world.proxy.url + path, { headers: { 'User-Api-Key': key } });
          await response.arrayBuffer();
          expect(response.status).toBe(at % 2 === 0 ? 200 : 403);
        }),
      );
    }
    expect(world.connections() - before).toBeLessThanOrEqual(16);
  });

  test('a request that falls through try_files counts as one use of the key', async () => {
    const before = await remaining('/api/notes');
    await remaining('/api/notes/7');
    expect(before - (await remaining('/api/notes'))).toBe(2);
  });

  test('a refusal that names sixty scopes is 403 JSON, not 500', async () => {
    const response = await fetch(`${world.proxy.url}/much`, { headers: { 'User-Api-Key': key } });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'scope_insufficient', error_type: 'invalid_access' });
  });

  test('an ambiguous path is 400 with the JSON of the gateway', async () => {
    const response = await world.exchange(
      `GET /api/%2e%2e/x HTTP/1.1\r\nHost: wiki\r\nUser-Api-Key: ${key}\r\nConnection: close\r\n\r\n`,
    );
    expect(response).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"path_ambiguous"/);
  });

  test('a gateway that is down: 503 with Retry-After and JSON, and nothing reaches the service', async () => {
    world.service.received.splice(0);
    world.cut();
    const response = await fetch(`${world.proxy.url}/api/notes`, { headers: { 'User-Api-Key': key } });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toMatchObject({ code: 'store_unavailable' });
    expect(world.service.received).toEqual([]);
  });
});

/** Returns the lines of `location /` that ask and set variables. */
const guardLines = (site: string): string =>
  site
    .slice(site.indexOf('  location / {'), site.indexOf('  location = /_valetkey_verify'))
    .split('\n')
    .filter((line) => /^ {4}(?:auth_request|error_page 403|error_page 500)/.test(line))
    .join(' ');
