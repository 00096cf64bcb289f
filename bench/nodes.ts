// Measures two forums behind nginx, on PostgreSQL and Valkey: the throughput beside that of one forum, how long a revocation
// on one takes to apply on the other under load, and whether a limit is exact on both while clocks are set. `verify.ts` measures
// single operations on the same servers, beside other libraries. Needs PostgreSQL, nginx, and Valkey or Redis, as the tests do.
// Run: npm run bench:nodes -- [--rounds 5] [--seconds 2] [--revocations 500] [--limit-rounds 100]
import { parseArgs } from 'node:util';
import { startSteppedClock } from '@valetkey/test-support/start-stepped-clock';
import { measureLimits } from './nodes/measure-limits.ts';
import { measureRevocations } from './nodes/measure-revocations.ts';
import { type NodesLoadResult, runLoad, startLoad } from './nodes/start-load.ts';
import { startNodes } from './nodes/start-nodes.ts';
import { quantile, summarize } from './report/statistics.ts';
import { printMachine, printTable } from './report/table.ts';

const KEYS = 1_000;
const LIMIT = 20;
/** Connections of the load while revocations are measured. */
const LOADS = [0, 16];

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    revocations: { type: 'string', default: '500' },
    'limit-rounds': { type: 'string', default: '100' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const whole = (number: number): string => Math.round(number).toLocaleString('en');

printMachine();
const nodes = await startNodes({
  max_user_api_reqs_per_minute: '100000',
  max_user_api_reqs_per_day: '100000',
});
try {
  await printThroughput();
  await printRevocations();
} finally {
  await nodes.stop();
}
await printLimits();

async function printThroughput(): Promise<void> {
  const keys = await nodes.issueKeys(KEYS);
  const targets = {
    'one forum': nodes.a,
    'nginx, one forum': nodes.proxyOfOne,
    'nginx, two forums': nodes.proxy,
  };
  const results = new Map<string, NodesLoadResult[]>(Object.keys(targets).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, url] of Object.entries(targets)) {
      const result = await runLoad({ url, keys, seconds, connections: 64 });
      // The first round warms up.
      if (round > 0) results.get(name)?.push(result);
    }
  console.log(`GET /latest.json, ${KEYS} keys, 64 connections, ${rounds} rounds of ${seconds} s; medians\n`);
  const median = (name: string, column: keyof NodesLoadResult) =>
    summarize((results.get(name) ?? []).map((result) => result[column])).median;
  printTable(
    ['', 'requests/s', 'p50 ms', 'p99 ms'],
    Object.keys(targets).map((name) => [
      name,
      whole(median(name, 'requestsPerSecond')),
      median(name, 'p50Ms').toFixed(1),
      median(name, 'p99Ms').toFixed(1),
    ]),
  );
}

async function printRevocations(): Promise<void> {
  const rows: string[][] = [];
  for (const connections of LOADS) {
    const keys = await nodes.issueKeys(Number(values.revocations));
    const load =
      connections === 0
        ? null
        : startLoad({ url: nodes.proxy, keys: await nodes.issueKeys(KEYS), seconds: 3_600, connections });
    const times = (await measureRevocations(nodes.a, nodes.b, keys)).toSorted((x, y) => x - y);
    if (load !== null && !load.connected) throw new Error('The load process ended early.');
    load?.disconnect();
    const at = (share: number) => quantile(times, share).toFixed(1);
    rows.push([
      connections === 0 ? 'without load' : `with load on ${connections} connections`,
      at(0.5),
      at(0.99),
      at(1),
    ]);
  }
  console.log(
    `\n${values.revocations} revocations on one forum: ms from its response until the other forum rejects every request\n`,
  );
  printTable(['', 'p50', 'p99', 'max'], rows);
}

async function printLimits(): Promise<void> {
  const clock = startSteppedClock();
  const limited = await startNodes({ max_user_api_reqs_per_minute: String(LIMIT) }, clock.nodeOptions);
  try {
    const keys = await limited.issueKeys(Number(values['limit-rounds']));
    const allowed = await measureLimits([limited.a, limited.b], clock, keys);
    const exact = allowed.filter((count) => count === LIMIT).length;
    console.log(
      `\n40 requests at once to two forums with a limit of ${LIMIT}, while their clock is set by an hour: exactly ${LIMIT} allowed in ${exact} of ${allowed.length} rounds`,
    );
  } finally {
    await limited.stop();
    clock.remove();
  }
}
