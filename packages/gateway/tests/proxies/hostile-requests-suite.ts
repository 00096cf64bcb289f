import { connect } from 'node:net';
import { describeWhen } from '@valetkey/test-support/describe-when';
import { findProgram } from '@valetkey/test-support/find-program';
import { SPELLINGS } from '@valetkey/test-support/path-spellings';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FORGED_PATHS, isPathOverride, NAMES, readLiberally, TARGETS } from './hostile-requests.ts';
import { type ProxyWorld, startProxyWorld } from './proxy-world.ts';
import type { StartProxy } from './start-proxy.ts';

/** What no client can do through a proxy with the configuration of `deploy/`. */
export function describeHostileRequests(program: string, start: StartProxy): void {
  describeWhen(findProgram(program) !== null)(`hostile requests through ${program}`, () => {
    let world: ProxyWorld;
    let key: string;
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
    });
    beforeEach(() => void world.service.received.splice(0));
    afterAll(() => world.stop());

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

    test.each(FORGED_PATHS)('headers of other proxies in a request are not used: %s', async (...lines) => {
      const forged = lines.map((line) => `${line}\r\n`).join('');
      const close = forged.includes('Connection:') ? '' : 'Connection: close\r\n';
      const ask = (target: string) =>
        world.exchange(
          `GET ${target} HTTP/1.1\r\nHost: wiki\r\nUser-Api-Key: ${key}\r\n${forged}${close}\r\n`,
        );
      expect(await ask('/api/other')).toMatch(/^HTTP\/1\.1 403 /);
      expect(world.service.received).toEqual([]);
      expect(await ask('/api/notes')).toMatch(/^HTTP\/1\.1 200 /);
      // A service that obeys one of them would serve another path than the verified one.
      const names = Object.keys(world.service.received[0]?.headers ?? {});
      expect(names.filter(isPathOverride)).toEqual([]);
    });

    test('a method override reaches the service without a key only', async () => {
      const names = ['X-HTTP-Method-Override', 'X-Method-Override', 'X-HTTP-Method'];
      const headers = Object.fromEntries(names.map((name) => [name, 'DELETE']));
      const isOverride = (name: string) => /^x-(?:http-)?method/.test(name);
      const received = () => Object.keys(world.service.received.shift()?.headers ?? {}).filter(isOverride);
      expect((await withKey('/api/notes', { method: 'POST', headers })).status).toBe(200);
      expect(received()).toEqual([]);
      await send('/api/notes', { method: 'POST', headers });
      expect(received().sort()).toEqual(names.map((name) => name.toLowerCase()).sort());
    });

    test.each(TARGETS)(
      '%s: the service receives the path that the gateway was asked about',
      async (target) => {
        world.asked.splice(0);
        await world.exchange(`GET ${target} HTTP/1.1\r\nHost: wiki\r\nConnection: close\r\n\r\n`);
        const [asked] = world.asked;
        for (const { url } of world.service.received) expect(url).toBe(asked);
        expect(world.asked.length).toBeLessThan(2);
      },
    );

    test.each(['h2c', 'H2C', 'websocket, h2c', 'h2c, websocket', 'TLS/1.2', 'tcp'])(
      'Upgrade: %s opens no tunnel to the service, even if the service agrees',
      async (protocol) => {
        const response = await world.exchange(
          `GET /any HTTP/1.1\r\nHost: wiki\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAA\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
        );
        expect(response).toMatch(/^HTTP\/1\.1 200 [\s\S]*GET \/any/);
        const upgrades = world.service.received.map(({ headers }) => [
          headers.upgrade,
          headers['http2-settings'],
        ]);
        expect(upgrades).toEqual([[undefined, undefined]]);
      },
    );

    test.each(['Upgrade: websocket\r\nUpgrade: h2c', 'Upgrade: h2c\r\nUpgrade: websocket'])(
      'two headers Upgrade never reach the service with another protocol than WebSocket',
      async (lines) => {
        const response = await world.startExchange(
          `GET /any HTTP/1.1\r\nHost: wiki\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${lines}\r\n\r\n`,
        );
        expect(response).toMatch(/^HTTP\/1\.1 (?:101|200|400) /);
        for (const { headers } of world.service.received)
          expect([undefined, 'websocket']).toContain(headers.upgrade);
      },
    );

    test.each(['TRACE /any', 'CONNECT /any', 'CONNECT wiki:80', 'TRACE /user-api-key/new'])(
      '%s is refused, and reaches neither the service nor the gateway',
      async (start) => {
        world.asked.splice(0);
        const response = await world.exchange(
          `${start} HTTP/1.1\r\nHost: wiki\r\nConnection: close\r\nX-Any: plum\r\n\r\nGET /in-a-tunnel HTTP/1.1\r\nHost: wiki\r\n\r\n`,
        );
        expect(response).toMatch(/^HTTP\/1\.1 (?:400|405) /);
        expect(response).not.toMatch(/plum|in-a-tunnel/);
        expect([world.service.received, world.asked]).toEqual([[], []]);
      },
    );

    test('a client cannot ask', async () => {
      for (const kind of ['nginx', 'forwarded', 'envoy/x', '%6eginx']) {
        const response = await withKey(`/valetkey/verify/${kind}`);
        expect([404, 403, 400]).toContain(response.status);
        expect(response.headers.get('x-valetkey-user')).toBe(null);
      }
    });

    test('a gateway that is down lets no request pass', async () => {
      const own = await startProxyWorld(start);
      own.cut();
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const { status } = await fetch(`${own.proxy.url}/any`, { method });
        expect([502, 503]).toContain(status);
      }
      expect(own.service.received).toEqual([]);
      await own.stop();
    });

    test('a connection ends whose headers come one byte at a time', async () => {
      const edit = (configuration: string) => configuration.replace(/\b10s/, '1s');
      const own = await startProxyWorld(start, { edit });
      const socket = connect(Number(new URL(own.proxy.url).port), '127.0.0.1').on('error', () => {});
      socket.write('GET /any HTTP/1.1\r\nHost: wiki\r\nX-Slow: ');
      const timer = setInterval(() => socket.write('a'), 50);
      await new Promise((resolve) => socket.resume().on('close', resolve));
      clearInterval(timer);
      await own.stop();
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
