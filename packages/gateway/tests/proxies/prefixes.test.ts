import { describeWhen } from '@valetkey/test-support/describe-when';
import { findProgram } from '@valetkey/test-support/find-program';
import { afterEach, expect, test } from 'vitest';

import { type ProxyWorld, startProxyWorld } from './proxy-world.ts';
import { startCaddy, startNginx } from './start-proxy.ts';

const SCOPES = '  files_read: { sentence: Read files, routes: [GET /v1/files] }\n';
let world: ProxyWorld;
afterEach(() => world.stop());

/** Sends requests with a key for `GET /v1/files`; returns their statuses and what the service received. */
async function send(paths: readonly string[]): Promise<[number[], string[]]> {
  const key = await world.site.approve('alice', { scopes: 'files_read' });
  const headers = { 'User-Api-Key': key };
  const statuses: number[] = [];
  for (const path of paths) statuses.push((await fetch(world.proxy.url + path, { headers })).status);
  return [statuses, world.service.received.map(({ url }) => url)];
}

describeWhen(findProgram('nginx') !== null)('nginx with a path behind the name in proxy_pass', () => {
  test('the path that the service receives is the one that was asked about', async () => {
    world = await startProxyWorld(startNginx, {
      scopes: SCOPES,
      forwardAuth: ', prefix: { public: /api, service: /v1 }',
      edit: (text) =>
        text
          .replace('  location / {', '  location /api/ {')
          .replace('proxy_pass http://service;', 'proxy_pass http://service/v1/;'),
    });
    expect(await send(['/api/files', '/api/notes', '/api/x%2f..%2ffiles'])).toEqual([
      [200, 403, 400],
      ['/v1/files'],
    ]);
  });
});

describeWhen(findProgram('caddy') !== null)('Caddy with a prefix that it removes', () => {
  test('the path that the service receives is the one that was asked about', async () => {
    world = await startProxyWorld(startCaddy, {
      scopes: SCOPES,
      edit: (text) => text.replace('\troute {', '\troute {\n\t\turi strip_prefix /api'),
    });
    expect(await send(['/api/v1/files', '/api/v1/notes', '/api/api/v1/files'])).toEqual([
      [200, 403, 403],
      ['/v1/files'],
    ]);
  });
});
