// Load on the nodes, in its own process: GET /latest.json on plain sockets, keys in turn, until the time is over or the
// parent ends it.
import { connect } from 'node:net';
import { isWhole } from '../http/read-response.ts';
import { quantile } from '../report/statistics.ts';
import type { NodesLoad, NodesLoadResult } from './start-load.ts';

process.on('message', async (order: NodesLoad) => {
  process.send?.(await run(order));
});
process.on('disconnect', () => process.exit());

async function run({ url, keys, seconds, connections }: NodesLoad): Promise<NodesLoadResult> {
  const { host, hostname, port } = new URL(url);
  const requests = keys.map((key) =>
    Buffer.from(`GET /latest.json HTTP/1.1\r\nHost: ${host}\r\nUser-Api-Key: ${key}\r\n\r\n`),
  );
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  const end = start + seconds * 1_000;
  const connection = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ port: Number(port), host: hostname, noDelay: true });
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
          reject(new Error(`A request failed: ${received.slice(0, 300)}`));
        received = '';
        const now = performance.now();
        times.push(now - sentAt);
        if (now < end) return send();
        socket.destroy();
        resolve();
      });
      socket.on('error', reject);
      socket.on('close', () => performance.now() < end && reject(new Error('A connection was closed.')));
    });
  await Promise.all(Array.from({ length: connections }, connection));
  const sorted = Float64Array.from(times).sort();
  return {
    requestsPerSecond: sorted.length / ((performance.now() - start) / 1_000),
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
  };
}
