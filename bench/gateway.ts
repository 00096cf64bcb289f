// Measures what a decision costs: the gateway compared with a proxy on undici that decides nothing, and nginx that asks
// the gateway compared with nginx that asks a server for a bare 204. Slices of half a second alternate (ABAB …), with
// the load generator of http.ts. The processor time of all processes on the path of a request counts beside the
// requests per second, because it depends less on what else this machine does.
// Run: node_modules/.bin/node bench/gateway.ts [--rounds 20] [--seconds 0.5] (see bench/README.md)
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCpuMicroseconds } from './gateway/read-cpu-time.ts';
import { startNginx } from './gateway/start-nginx.ts';
import { startLoadProcess } from './http/processes.ts';
import { summarize, summarizeRatios } from './report/statistics.ts';
import { printMachine, printTable } from './report/table.ts';

const KEYS = 1_000;
const CONNECTIONS = 64;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, seconds: { type: 'string', default: '0.5' } },
});
const children: ChildProcess[] = [];

async function start<Ready>(file: string, ...args: string[]): Promise<Ready & { readonly pid: number }> {
  const child = fork(join(import.meta.dirname, 'gateway', file), args);
  children.push(child);
  const [ready] = (await once(child, 'message')) as [Ready];
  return { ...ready, pid: child.pid ?? 0 };
}

const load = startLoadProcess();
const service = await start<{ port: number }>('service-process.ts');
const url = `http://127.0.0.1:${service.port}`;
const bare = await start<{ port: number }>('bare-process.ts', url);
const bareHeaders = await start<{ port: number }>('bare-process.ts', url, 'headers');
const gateway = await start<{ port: number; keys: string[] }>('gateway-process.ts', url, String(KEYS));
// Answers every question with 204.
const yes = await start<{ port: number }>('service-process.ts');
const yesHeaders = await start<{ port: number }>('service-process.ts', 'headers');
const asking = await startNginx(18_471, gateway.port, service.port);
const asking204 = await startNginx(18_472, yes.port, service.port);
const askingHeaders = await startNginx(18_473, yesHeaders.port, service.port);

/** Where the load goes, and the processes on the way to the service and back. */
const targets = {
  'undici, decides nothing': { port: bare.port, pids: [bare.pid] },
  'undici, constant headers': { port: bareHeaders.port, pids: [bareHeaders.pid] },
  gateway: { port: gateway.port, pids: [gateway.pid] },
  'nginx, asks for a bare 204': { port: asking204.port, pids: [asking204.pid, yes.pid] },
  'nginx, constant headers': { port: askingHeaders.port, pids: [askingHeaders.pid, yesHeaders.pid] },
  'nginx, asks the gateway': { port: asking.port, pids: [asking.pid, gateway.pid] },
};
type Target = keyof typeof targets;
const speeds = new Map<string, number[]>();
const costs = new Map<string, number[]>();
const add = (to: Map<string, number[]>, name: string, value: number) =>
  to.set(name, [...(to.get(name) ?? []), value]);

const cpuOf = (pids: readonly number[]) => pids.map(readCpuMicroseconds).reduce((sum, time) => sum + time, 0);

try {
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    for (const [name, { port, pids }] of Object.entries(targets)) {
      const before = cpuOf(pids);
      // The first round warms up.
      const seconds = round === 0 ? 3 : Number(values.seconds);
      const order = { port, keys: gateway.keys, seconds, connections: CONNECTIONS };
      const { requests, requestsPerSecond } = await load.run(order);
      if (round === 0) continue;
      add(speeds, name, requestsPerSecond);
      add(costs, name, (cpuOf(pids) - before) / requests);
    }
  }
} finally {
  await Promise.all([load.stop(), asking.stop(), asking204.stop(), askingHeaders.stop()]);
  for (const child of children) child.disconnect();
}
printMachine();
const of = (values: Map<string, number[]>, name: string): number[] => values.get(name) ?? [];
const row = (name: Target, base: Target): string[] => {
  const speed = summarizeRatios(of(speeds, name), of(speeds, base));
  const cost = summarizeRatios(of(costs, base), of(costs, name));
  return [
    name,
    Math.round(summarize(of(speeds, name)).median).toLocaleString('en'),
    speed.median.toFixed(2),
    `${speed.lowerQuartile.toFixed(2)}–${speed.upperQuartile.toFixed(2)}`,
    summarize(of(costs, name)).median.toFixed(1),
    cost.median.toFixed(2),
  ];
};
printTable(
  ['', 'requests/s', 'ratio', 'quartiles', 'CPU µs/request', 'ratio by CPU'],
  [
    row('undici, decides nothing', 'undici, decides nothing'),
    row('undici, constant headers', 'undici, decides nothing'),
    row('gateway', 'undici, decides nothing'),
    row('nginx, asks the gateway', 'gateway'),
    row('nginx, asks for a bare 204', 'nginx, asks for a bare 204'),
    row('nginx, constant headers', 'nginx, asks for a bare 204'),
    row('nginx, asks the gateway', 'nginx, asks for a bare 204'),
  ],
);
