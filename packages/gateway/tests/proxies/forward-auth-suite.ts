import { once } from 'node:events';
import { connect } from 'node:net';
import { describeWhen } from '@valetkey/test-support/describe-when';
import { findProgram } from '@valetkey/test-support/find-program';
import { SPELLINGS } from '@valetkey/test-support/path-spellings';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ProxyWorld, startProxyWorld } from './proxy-world.ts';
import type { StartProxy } from './start-proxy.ts';

const NAMES = [
  'X-Valetkey-User',
  'x-valetkey-user',
  'X_Valetkey_User',
  'X.Valetkey.User',
  'X-Valetkey-Scopes',
];

/** What every proxy with the configuration of `deploy/` promises. */
export function describeForwardAuth(program: string, start: StartProxy): void {
  describeWhen(findProgram(program) !== null)(`forward authentication through ${program}`, () => {
    let world: ProxyWorld;
    let key: string;
    let limited: string;
    const send = (path: string, init: RequestInit = {}) => fetch(world.proxy.url + path, init);
    const withKey = (path: string, init: RequestInit = {}) =>
      send(path, { ...init, headers: { 'User-Api-Key': key, ...init.headers } });

    const getRaw = (target: string) =>
      world.exchange(
        `GET ${target} HTTP/1.1\r\nHost: wiki\r\nUser-Api-Key: ${key}\r\nConnection: close\r\n\r\n`,
      );

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

    for (const name of NAMES) {
      test.each(['a valid key', 'an unknown key', 'no key'])(
        `${name} of a client with %s never reaches the service`,
        async (sender) => {
          const own = { 'a valid key': key, 'an unknown key': '0'.repeat(32), 'no key': null }[sender];
          await world.exchange(
            `GET /api/notes HTTP/1.1\r\nHost: wiki\r\n${own ? `User-Api-Key: ${own}\r\n` : ''}${name}: mallory\r\n${name}: mallory\r\nConnection: close, ${name}\r\n\r\n`,
          );
          expect(world.service.received).toHaveLength(sender === 'an unknown key' ? 0 : 1);
          expect(JSON.stringify(world.service.received)).not.toMatch(/mallory|\{http\./);
          for (const { headers } of world.service.received)
            expect(headers['x-valetkey-user']).toBe(own ? 'alice' : '-');
        },
      );
    }

    test('headers of other proxies in a request are not used', async () => {
      const forged = {
        'X-Original-URI': '/api/notes',
        'X-Forwarded-Uri': '/api/notes',
        'X-Original-Method': 'GET',
        'X-Forwarded-Method': 'GET',
      };
      const response = await withKey('/api/other', { headers: forged });
      expect(response.status).toBe(403);
      expect(world.service.received).toEqual([]);
    });

    test('a client cannot ask', async () => {
      for (const kind of ['nginx', 'forwarded', 'envoy/x', '%6eginx']) {
        const response = await withKey(`/valetkey/verify/${kind}`);
        expect([404, 403, 400]).toContain(response.status);
        expect(response.headers.get('x-valetkey-user')).toBe(null);
      }
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
        `GET /api/live HTTP/1.1\r\nHost: wiki\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nUser-Api-Key: ${own}\r\n\r\n`;
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

    test('/plain/y: the key reaches a path of its scope, sent like the spellings below', async () => {
      expect(await getRaw('/plain/y')).toMatch(/^HTTP\/1\.1 200 /);
      expect(world.service.received).toHaveLength(1);
    });

    test.each(SPELLINGS)(
      '%s: the key reaches the admin path only if the proxy asked about it',
      async (target) => {
        const response = await getRaw(target);
        // The key has a scope for /:folder/:file, but not for /admin/x.
        for (const { url } of world.service.received) expect(readLiberally(url)).not.toBe('/admin/x');
        expect(response).not.toMatch(/^HTTP\/1\.1 5/);
      },
    );
  });
}

/** Reads a path as the most liberal service would. */
function readLiberally(url: string): string {
  const [target = ''] = url.replace(/^https?:\/\/[^/]*/i, '').split(/[?#]/, 1);
  let path = target;
  for (let round = 0; round < 2; round += 1) {
    try {
      path = decodeURIComponent(path);
    } catch {
      return target;
    }
  }
  const plain =
    path
      .split('\0', 1)[0]
      ?.replaceAll('\\', '/')
      .replace(/;[^/]*/g, '')
      .replace(/\/{2,}/g, '/') ?? '';
  return new URL(plain, 'http://service').pathname.toLowerCase();
}
