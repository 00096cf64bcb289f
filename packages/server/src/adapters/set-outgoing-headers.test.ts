import { createServer, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { setOutgoingHeaders } from './set-outgoing-headers.ts';
import { listen } from './test-support/listen.ts';

test.each<[string, (response: ServerResponse) => unknown, string]>([
  ['a record', (response) => response.writeHead(200, { vary: 'Accept' }), 'Origin, Accept'],
  ['a list', (response) => response.writeHead(200, ['Vary', 'Accept']), 'Origin, Accept'],
  ['a reason and a record', (response) => response.writeHead(200, 'OK', { Vary: 'Origin' }), 'Origin'],
  ['no headers', (response) => response.writeHead(200), 'Origin'],
])('setOutgoingHeaders: keeps its Vary beside that of writeHead with %s', async (_form, write, vary) => {
  const server = await listen(
    createServer((_request, response) => {
      setOutgoingHeaders(response, { Vary: 'Origin', 'X-Other': 'kept' });
      write(response);
      response.end();
    }),
  );
  const { headers } = await fetch(`http://127.0.0.1:${server.port}`);
  expect([headers.get('vary'), headers.get('x-other')]).toEqual([vary, 'kept']);
  await server.stop();
});
