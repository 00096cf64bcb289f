import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createConnection, probeSite } from '@valetkey/client';
import { expect, test } from 'vitest';
import { explainError } from '../src/explain-error.ts';
import { fetchWithin } from '../src/network.ts';
import { findCurrentKey } from '../src/site/find-current-key.ts';

test('a site that takes the connection and says nothing is unreachable, with the reason', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(probeSite(site, { fetch: fetchWithin(20) })).rejects.toMatchObject({
    code: 'site_unreachable',
    details: { reason: 'the request timed out' },
  });
  server.closeAllConnections();
  server.close();
});

test('an answer that begins and does not end is given up too, and said in words', async () => {
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
