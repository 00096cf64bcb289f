import { once } from 'node:events';
import { request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { parseConfig } from '../src/config/parse-config.ts';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

async function start(
  handler?: Parameters<typeof startService>[0],
  more = '',
): Promise<{ service: Service; site: GatewaySite }> {
  const service = await startService(handler);
  const site = await startGatewaySite(configFor(service.url, more));
  closing.push(site, service);
  return { service, site };
}

test('a service that is down: 502 with a reason', async () => {
  const { service, site } = await start();
  await service.close();
  closing.pop();
  const response = await fetch(`${site.url}/any`);
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({ code: 'upstream_unavailable' });
});

test('a service that does not respond: 504 after the time-out, and the request is sent once', async () => {
  let requests = 0;
  const { site } = await start(() => {
    requests += 1;
  }, 'timeouts: { headers: 1 }');
  const response = await fetch(`${site.url}/any`);
  expect(response.status).toBe(504);
  expect(await response.json()).toMatchObject({ code: 'upstream_timeout' });
  expect(requests).toBe(1);
});

test('a service that cuts off its response: the client sees that it is incomplete', async () => {
  const { site } = await start((_, response) => {
    response.writeHead(200, { 'Content-Length': '10' });
    response.write('half', () => response.destroy());
  });
  const response = await fetch(`${site.url}/any`);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
});

test('a service that closes the connection instead of responding: 502, and the request is sent once', async () => {
  let requests = 0;
  const { site } = await start((request) => {
    requests += 1;
    request.socket.destroy();
  });
  for (const method of ['GET', 'POST']) {
    expect((await fetch(`${site.url}/any`, { method, ...(method === 'POST' && { body: 'x' }) })).status).toBe(
      502,
    );
  }
  expect(requests).toBe(2);
});

test('a client that leaves: the request to the service ends too', async () => {
  const left = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const { site } = await start((_, response) => {
    response.on('close', () => left.resolve());
    arrived.resolve();
  });
  const request = sendRequest(`${site.url}/any`).end();
  request.on('error', () => {});
  await arrived.promise;
  request.destroy();
  await left.promise;
});

test('a body larger than the limit: 413, announced or not', async () => {
  const { site } = await start(undefined, 'limits: { body_bytes: 1000 }');
  const announced = await fetch(`${site.url}/any`, { method: 'POST', body: 'x'.repeat(1_001) });
  expect(announced.status).toBe(413);
  const chunks = new Blob(['x'.repeat(2_000)]).stream();
  const chunked = await fetch(`${site.url}/any`, {
    method: 'POST',
    body: chunks,
    duplex: 'half',
  } as RequestInit);
  expect(chunked.status).toBe(413);
  expect((await fetch(`${site.url}/any`, { method: 'POST', body: 'x'.repeat(1_000) })).status).toBe(200);
});

test('accounts that cannot be asked: 502 on the pages, and the site still serves', async () => {
  const silent = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const service = await startService();
  const text = configFor(service.url).replace(`${service.url}/whoami`, `http://127.0.0.1:${port}/whoami`);
  const site = await startGatewaySite(text);
  closing.push(site, service);
  const page = await fetch(`${site.url}/valetkey/apps`, { headers: { cookie: 'user=alice' } });
  expect(page.status).toBe(502);
  expect(await page.json()).toMatchObject({ code: 'accounts_unavailable' });
  expect((await fetch(`${site.url}/any`)).status).toBe(200);
  silent.close();
});

test('a configuration that is reloaded under load: no request fails or is sent twice, and no key gains a route', async () => {
  const { service, site } = await start();
  const key = await site.approve();
  const text = configFor(service.url);
  const at = `${site.folder}/valetkey.yaml`;
  let isDone = false;
  let sent = 0;
  const statuses = new Map<string, number>();
  const load = (async () => {
    while (!isDone) {
      sent += 1;
      const responses = await Promise.all([
        site.get(`/api/notes/${sent}`, key),
        site.get('/admin/x', key),
        fetch(`${site.url}/any`),
      ]);
      const seen = responses.map(({ status }) => status).join(' ');
      statuses.set(seen, (statuses.get(seen) ?? 0) + 1);
    }
  })();
  for (let round = 0; round < 5; round += 1) {
    const name = `Plum Wiki ${round}`;
    await site.gateway.reload(() => parseConfig(text.replace('Plum Wiki', name), at, {}));
  }
  isDone = true;
  await load;
  expect([...statuses.keys()]).toEqual(['200 403 200']);
  expect(service.received.some(({ url }) => url === '/admin/x')).toBe(false);
  const withKey = service.received.filter(({ url }) => url.startsWith('/api/notes/'));
  expect(new Set(withKey.map(({ url }) => url)).size).toBe(sent);
  expect(withKey).toHaveLength(sent);
  expect(withKey.every(({ headers }) => headers['x-valetkey-user'] === 'alice')).toBe(true);
});

test('a configuration that needs a restart is refused, and the old one stays in force', async () => {
  const { service, site } = await start();
  const moved = parseConfig(
    configFor(service.url).replace('127.0.0.1:0', '127.0.0.1:1'),
    `${site.folder}/valetkey.yaml`,
    {},
  );
  await expect(site.gateway.reload(() => moved)).rejects.toThrow(/listen cannot change/);
  expect((await fetch(`${site.url}/any`)).status).toBe(200);
});

test('a shutdown waits for the open response, then stops', async () => {
  const finish = Promise.withResolvers<void>();
  const { site } = await start(async (_, response) => {
    response.write('one');
    await finish.promise;
    response.end('two');
  });
  closing.shift();
  const response = await fetch(`${site.url}/any`);
  const closed = site.close();
  await expect(fetch(`${site.url}/any`)).rejects.toThrow();
  finish.resolve();
  expect(await response.text()).toBe('onetwo');
  await closed;
});
