import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createConnection, probeSite } from '@valetkey/client';
import { expect, test } from 'vitest';
import { explainError } from '../src/explain-error.ts';
import { fetchWithin } from '../src/network.ts';
import { findCurrentKey } from '../src/site/find-current-key.ts';

test('network: a site that accepts the connection and does not respond is unreachable', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(probeSite(site, { fetch: fetchWithin(20) })).rejects.toMatchObject({
    code: 'site_unreachable',
    details: { reason: 'timed_out' },
  });
  server.closeAllConnections();
  server.close();
});

test('network: an incomplete response is aborted at the deadline', async () => {
  const server = createServer((_request, response) => void response.write('{"scopes":')).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { send } = createConnection({ site, key: 'k', fetch: fetchWithin(200) });
  const error = await findCurrentKey({ send }).catch((reason: unknown) => reason);
  expect(explainError(error)).toEqual({
    exitCode: 3,
    message: expect.stringContaining('was not complete in time'),
  });
  server.closeAllConnections();
  server.close();
});
