// Measures the requests per second through the gateway and through nginx, each compared with the same without a
// decision: a proxy on undici that decides nothing, and nginx with an `auth_request` to a server that always answers
// 204. In turns (ABAB …), with the load generator of http.ts.
// Run: node_modules/.bin/node bench/gateway.ts [--rounds 5] [--seconds 2] (see bench/README.md)
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startNginx } from './gateway/start-nginx.ts';
import { startLoadProcess } from './http/processes.ts';
import { summarize, summarizeRatios } from './report/statistics.ts';
import { printMachine, printTable } from './report/table.ts';

const KEYS = 1_000;
const CONNECTIONS = 64;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '2' } },
});
const children: ChildProcess[] = [];

async function start<Ready>(file: string, ...args: string[]): Promise<Ready> {
  const child = fork(join(import.meta.dirname, 'gateway', file), args);
  children.push(child);
  const [ready] = (await once(child, 'message')) as [Ready];
  return ready;
}

const load = startLoadProcess();
const service = await start<{ port: number }>('service-process.ts');
const url = `http://127.0.0.1:${service.port}`;
const bare = await start<{ port: number }>('bare-process.ts', url);
const gateway = await start<{ port: number; keys: string[] }>('gateway-process.ts', url, String(KEYS));
const asking = await startNginx(18_471, gateway.port, service.port);
const asking204 = await startNginx(18_472, service.port, service.port);
const targets = {
  'undici, decides nothing': bare.port,
  gateway: gateway.port,
  'nginx, asks for a bare 204': asking204.port,
  'nginx, asks the gateway': asking.port,
};
const results = new Map<string, number[]>(Object.keys(targets).map((name) => [name, []]));
try {
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    for (const [name, port] of Object.entries(targets)) {
      const { requestsPerSecond } = await load.run({
        port,
        keys: gateway.keys,
        seconds: Number(values.seconds),
        connections: CONNECTIONS,
      });
      // The first round warms up.
      if (round > 0) results.get(name)?.push(requestsPerSecond);
    }
  }
} finally {
  await Promise.all([load.stop(), asking.stop(), asking204.stop()]);
  for (const child of children) child.disconnect();
}
printMachine();
const of = (name: string): number[] => results.get(name) ?? [];
const row = (name: string, base: string): string[] => {
  const ratio = summarizeRatios(of(name), of(base));
  return [
    name,
    Math.round(summarize(of(name)).median).toLocaleString('en'),
    ratio.median.toFixed(2),
    `${ratio.lowerQuartile.toFixed(2)}–${ratio.upperQuartile.toFixed(2)}`,
  ];
};
printTable(
  ['', 'requests/s', 'ratio', 'quartiles'],
  [
    row('undici, decides nothing', 'undici, decides nothing'),
    row('gateway', 'undici, decides nothing'),
    row('nginx, asks for a bare 204', 'nginx, asks for a bare 204'),
    row('nginx, asks the gateway', 'nginx, asks for a bare 204'),
  ],
);
