// The service behind the proxies of bench/gateway.ts. It also answers every question of nginx with 204, and with
// `headers` adds the headers of the gateway, as constants.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ID_HEADER, IDENTITY_HEADERS, LIMIT_HEADERS } from './constant-headers.ts';

const added = process.argv[2] === 'headers' ? [...LIMIT_HEADERS, ...IDENTITY_HEADERS, ...ID_HEADER] : [];
const BODY = JSON.stringify({ id: 7, title: 'Plums', posts: 'x'.repeat(400) });

const server = createServer(({ url }, response) => {
  if (url === '/valetkey/verify/nginx') return response.writeHead(204, added).end();
  return response
    .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': BODY.length })
    .end(BODY);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
