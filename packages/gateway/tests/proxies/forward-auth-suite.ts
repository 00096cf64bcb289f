import { once } from 'node:events';
import { connect } from 'node:net';
import { describeWhen } from '@valetkey/test-support/describe-when';
import { findProgram } from '@valetkey/test-support/find-program';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { IDENTITY } from './hostile-requests.ts';
import { type ProxyWorld, startProxyWorld } from './proxy-world.ts';
import type { StartProxy } from './start-proxy.ts';

/** What every proxy with the configuration of `deploy/` promises. */
export function describeForwardAuth(program: string, start: StartProxy): void {
  describeWhen(findProgram(program) !== null)(`forward authentication through ${program}`, () => {
    let world: ProxyWorld;
    let key: string;
    let limited: string;
    const send = (path: string, init: RequestInit = {}) => fetch(world.proxy.url + path, init);
    const withKey = (path: string, init: RequestInit = {}) =>
      send(path, { ...init, headers: { 'User-Api-Key': key, ...init.headers } });

    beforeAll(async () => {
      world = await startProxyWorld(start);
      key = await world.site.approve('alice', { scopes: 'notes_read,notes_write,files_read' });
      limited = await world.site.approve('bob');
    });
    beforeEach(() => void world.service.received.splice(0));
    afterAll(() => world.stop());

    test('a key of the right scope passes with the identity of its user, and the service sees no key', async () => {
      const response = await withKey('/api/notes/7?page=2');
      expect(response.status).toBe(200);
      expect(await response.text()).toBe('GET /api/notes/7?page=2');
      const headers = world.service.received[0]?.headers ?? {};
      expect(headers).toMatchObject({
        'x-valetkey-user': 'alice',
        'x-valetkey-user-id': 'id-alice',
        'x-valetkey-scopes': 'notes_read notes_write files_read',
      });
      expect(headers['x-valetkey-jwt']).toMatch(/^ey/);
      const names = world.service.received[0]?.rawHeaders.filter((_, at) => at % 2 === 0) ?? [];
      const identity = names.filter((name) => /^x-valetkey-/i.test(name)).map((name) => name.toLowerCase());
      expect(identity.sort()).toEqual(IDENTITY);
      expect([...response.headers.keys()].filter((name) => name.startsWith('x-valetkey'))).toEqual([]);
      expect(JSON.stringify(world.service.received)).not.toContain(key);
    });

    test.each(['a bearer token', 'a Basic password'])(
      'a key as %s passes and is not seen by the service',
      async (form) => {
        const authorization = form === 'a bearer token' ? `Bearer ${key}` : `Basic ${btoa(`alice:${key}`)}`;
        const response = await send('/api/notes', { headers: { Authorization: authorization } });
        expect(world.service.received[0]?.headers['x-valetkey-user']).toBe('alice');
        expect(world.service.received[0]?.headers).not.toHaveProperty('authorization');
        expect(response.status).toBe(200);
        expect(JSON.stringify(world.service.received)).not.toContain(key);
      },
    );

    test('a body of a POST arrives complete', async () => {
      const body = 'x'.repeat(200_000);
      expect((await withKey('/api/notes', { method: 'POST', body })).status).toBe(200);
      expect(world.service.received[0]?.body).toBe(body);
    });

    test('a request without a key passes with an empty identity, its cookies and its own password', async () => {
      const own = { Authorization: `Basic ${btoa('alice:open sesame')}` };
      expect((await send('/any', { headers: own })).status).toBe(200);
      expect(world.service.received.shift()?.headers.authorization).toBe(own.Authorization);
      expect((await send('/any', { headers: { cookie: 'user=bob' } })).status).toBe(200);
      expect(world.service.received[0]?.headers).toMatchObject({
        'x-valetkey-user': '-',
        'x-valetkey-jwt': '-',
        cookie: 'user=bob',
      });
    });

    test.each(['GET', 'POST', 'HEAD'])(
      'a refusal of %s is 403 with the JSON of the gateway',
      async (method) => {
        const response = await withKey('/api/other', { method, ...(method === 'POST' && { body: 'x' }) });
        expect(response.status).toBe(403);
        expect(response.headers.get('content-type')).toContain('application/json');
        if (method !== 'HEAD')
          expect(await response.json()).toMatchObject({
            code: 'scope_insufficient',
            granted_scopes: ['notes_read', 'notes_write', 'files_read'],
          });
        expect(world.service.received).toEqual([]);
      },
    );

    test('an unknown bearer token is 401 with WWW-Authenticate', async () => {
      const response = await send('/api/notes', { headers: { Authorization: `Bearer ${'0'.repeat(32)}` } });
      const direct = await fetch(`${world.site.url}/api/notes`, {
        headers: { Authorization: `Bearer ${'0'.repeat(32)}` },
      });
      expect(response.status).toBe(direct.status);
      expect(response.headers.get('www-authenticate')).toBe(direct.headers.get('www-authenticate'));
      expect(await response.json()).toEqual(await direct.json());
    });

    test('a limited key is 429 with Retry-After and JSON, for GET, POST and HEAD', async () => {
      await world.site.setting('max_user_api_reqs_per_minute', 1);
      await send('/api/notes', { headers: { 'User-Api-Key': limited } });
      for (const method of ['GET', 'POST', 'HEAD']) {
        const response = await send('/api/notes', { method, headers: { 'User-Api-Key': limited } });
        expect(response.status).toBe(429);
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
        if (method !== 'HEAD')
          expect(await response.json()).toMatchObject({ code: 'rate_limited', error_type: 'rate_limit' });
      }
      await world.site.setting('max_user_api_reqs_per_minute', 10_000);
    });

    test('the pages of Valetkey are served', async () => {
      expect((await send('/user-api-key/new', { method: 'HEAD' })).headers.get('auth-api-version')).not.toBe(
        null,
      );
      expect((await send('/valetkey/apps', { redirect: 'manual' })).status).toBe(302);
    });

    test('a preflight of a listed origin is 204 with CORS headers, without a key', async () => {
      await world.site.setting('cors_origins', 'https://app.example');
      const headers = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'GET' };
      const response = await send('/api/notes', { method: 'OPTIONS', headers });
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
      expect(world.service.received).toEqual([]);
    });

    test('a WebSocket reaches the service with the right user, and is refused without a valid key', async () => {
      const upgrade = (own: string) =>
        `GET /api/live HTTP/1.1\r\nHost: wiki\r\nUpgrade: websocket\r\nConnection: Upgrade, X-Valetkey-User\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nUser-Api-Key: ${own}\r\nX-Valetkey-User: mallory\r\n\r\n`;
      const socket = connect(Number(new URL(world.proxy.url).port), '127.0.0.1');
      socket.write(upgrade(key));
      let received = '';
      while (!received.includes('alice')) received += (await once(socket, 'data'))[0];
      expect(received).toMatch(/^HTTP\/1\.1 101 /);
      socket.destroy();
      expect(world.service.received[0]?.headers['x-valetkey-user']).toBe('alice');
      const refused = await send('/api/live', { headers: { 'User-Api-Key': '0'.repeat(32) } });
      expect(refused.status).toBe(403);
    });
  });
}
