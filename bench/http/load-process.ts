// The load generator, in its own process: 64 sockets, one request at a time on each, keys in turn. It uses plain
// sockets, because autocannon 9 parses HTTP in JavaScript and reaches only 0.7 of the requests of wrk or this file,
// and wrk is not an npm package.
import { connect } from 'node:net';
import { ORIGIN } from '../bench-site.ts';
import { quantile } from '../report/statistics.ts';
import type { LoadOrder, LoadResult } from './messages.ts';
import { isWhole } from './read-response.ts';

process.on('message', async (order: LoadOrder) => {
  process.send?.(await run(order));
});
process.on('disconnect', () => process.exit());

async function run({ port, keys, seconds, connections }: LoadOrder): Promise<LoadResult> {
  const requests = keys.map((key) =>
    Buffer.from(
      `GET /topics/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nUser-Agent: bench\r\nOrigin: ${ORIGIN}\r\nUser-Api-Key: ${key}\r\n\r\n`,
    ),
  );
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const connection = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let sentAt = 0;
      let received = '';
      const send = (): void => {
        sentAt = performance.now();
        socket.write(requests[next++ % requests.length] as Buffer);
      };
      socket.on('connect', send);
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1');
        if (!isWhole(received)) return;
        if (!received.startsWith('HTTP/1.1 200 '))
          reject(new Error(`The key was rejected: ${received.slice(0, 200)}`));
        received = '';
        const now = performance.now();
        times.push(now - sentAt);
        if (now < end) return send();
        socket.destroy();
        resolve();
      });
      socket.on('error', reject);
    });
  await Promise.all(Array.from({ length: connections }, connection));
  const took = (performance.now() - start) / 1000;
  const sorted = Float64Array.from(times).sort();
  return {
    requests: sorted.length,
    requestsPerSecond: sorted.length / took,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
  };
}
