// A proxy on undici that decides nothing: what the gateway is compared with. With `headers` it also adds the headers of
// the gateway, as constants.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ID_HEADER, IDENTITY_HEADERS, LIMIT_HEADERS, SENDER_HEADERS } from './constant-headers.ts';

const [, , service = '', added] = process.argv;
const toService = added === 'headers' ? [...SENDER_HEADERS, ...ID_HEADER, ...IDENTITY_HEADERS] : [];
const toClient = added === 'headers' ? [...LIMIT_HEADERS, ...ID_HEADER] : [];
const gateway = createRequire(join(import.meta.dirname, '../../packages/gateway/package.json'));
const { Pool } = gateway('undici') as { Pool: new (origin: string, options: object) => Dispatcher };

interface Dispatcher {
  dispatch(options: object, handler: object): void;
}
interface Controller {
  readonly rawHeaders: string[];
  pause(): void;
  resume(): void;
}

const pool = new Pool(service, { connections: 256, pipelining: 1 });
const server = createServer((request, response) => {
  const headers = request.rawHeaders.filter(
    (_, at) => !/^(?:connection|keep-alive)$/i.test(request.rawHeaders[at - (at % 2)] ?? ''),
  );
  headers.push(...toService);
  pool.dispatch(
    { method: request.method, path: request.url, headers, body: null },
    {
      onRequestStart() {},
      onResponseStart({ rawHeaders, resume }: Controller, status: number) {
        response.writeHead(status, [...rawHeaders.map(String), ...toClient]);
        response.on('drain', resume);
      },
      onResponseData(controller: Controller, chunk: Buffer) {
        if (!response.write(chunk)) controller.pause();
      },
      onResponseEnd: () => response.end(),
      onResponseError: () => response.destroy(),
    },
  );
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicroseconds: user + system });
});
process.on('disconnect', () => process.exit());
