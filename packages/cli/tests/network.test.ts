import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { probeSite } from '@valetkey/client';
import { expect, test } from 'vitest';
import { fetchWithin } from '../src/network.ts';

test('a site that takes the connection and says nothing is unreachable, with the reason', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(probeSite(site, { fetch: fetchWithin(20) })).rejects.toMatchObject({
    code: 'site_unreachable',
    details: { reason: 'no answer came in time' },
  });
  server.closeAllConnections();
  server.close();
});
