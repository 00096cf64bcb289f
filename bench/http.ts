// Measures the requests per second of a server that verifies keys. For each framework it runs the bare handler and
// the variants of http/variants.ts. Each has its own process, and the load generator has another one. They run in turns
// (ABAB …), so that a slow phase of the machine affects all. Compare the ratio to the bare handler of the same
// framework, and the processor time per request, which other load affects less.
// Run: npm run bench:http -- [--only hono] [--variants guard,embedding] [--rounds 21] [--seconds 0.25] (see bench/README.md)
import { parseArgs } from 'node:util';
import { checkServer } from './http/check-server.ts';
import { FRAMEWORKS } from './http/frameworks.ts';
import type { LoadResult } from './http/messages.ts';
import {
  type LoadProcess,
  type ServerProcess,
  startLoadProcess,
  startServerProcess,
} from './http/processes.ts';
import type { Variant } from './http/variants.ts';
import { installPeers } from './peers/load-peer.ts';
import { summarize, summarizeRatios } from './report/statistics.ts';
import { printMachine, printTable } from './report/table.ts';

const KEYS = 1_000;
const CONNECTIONS = 64;
const WARM_UP_SECONDS = 0.6;

interface Round extends LoadResult {
  readonly cpuMicrosecondsPerRequest: number;
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    variants: { type: 'string' },
    rounds: { type: 'string', default: '21' },
    seconds: { type: 'string', default: '0.25' },
  },
});
const names = values.only ? values.only.split(',') : Object.keys(FRAMEWORKS);
const chosen = values.variants?.split(',');
const isChosen = (variant: Variant): boolean =>
  variant === 'bare' || chosen === undefined || chosen.includes(variant);
installPeers();
const load = startLoadProcess();
const rows: string[][] = [];
try {
  for (const name of names) rows.push(...(await measureFramework(name)));
} finally {
  await load.stop();
}
printMachine();
console.log(
  `${KEYS} keys, ${CONNECTIONS} connections, ${values.rounds} rounds of ${values.seconds} s; medians\n`,
);
printTable(
  ['', 'requests/s', 'ratio', 'quartiles', 'p99 ms', 'CPU µs', 'added', 'CPU ratio', 'quartiles'],
  rows,
);

async function measureFramework(name: string): Promise<string[][]> {
  const framework = FRAMEWORKS[name];
  if (!framework)
    throw new Error(`--only accepts ${Object.keys(FRAMEWORKS).join(', ')}, separated by commas.`);
  const servers = new Map<Variant, ServerProcess>();
  const rounds = new Map<Variant, Round[]>();
  try {
    for (const variant of framework.variants.filter(isChosen)) {
      const server = await startServerProcess(name, variant, KEYS);
      servers.set(variant, server);
      rounds.set(variant, []);
      await checkServer(server, variant);
      await measure(server, load, WARM_UP_SECONDS);
    }
    for (let round = 1; round <= Number(values.rounds); round += 1) {
      console.error(`${name}: round ${round} of ${values.rounds} …`);
      for (const [variant, server] of servers)
        rounds.get(variant)?.push(await measure(server, load, Number(values.seconds)));
    }
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
  return [...rounds].map(([variant, done]) => toRow(`${name}: ${variant}`, done, rounds.get('bare') ?? []));
}

async function measure(server: ServerProcess, { run }: LoadProcess, seconds: number): Promise<Round> {
  const { port, keys } = server;
  const before = await server.ask('cpu time');
  const result = await run({ port, keys, seconds, connections: CONNECTIONS });
  const after = await server.ask('cpu time');
  return {
    ...result,
    cpuMicrosecondsPerRequest: (after.cpuMicroseconds - before.cpuMicroseconds) / result.requests,
  };
}

function toRow(title: string, rounds: readonly Round[], bare: readonly Round[]): string[] {
  const numbersOf = (some: readonly Round[], name: keyof Round) => some.map((round) => round[name]);
  const median = (name: keyof Round) => summarize(numbersOf(rounds, name)).median;
  const perSecond = (some: readonly Round[]) => numbersOf(some, 'requestsPerSecond');
  const ratio = summarizeRatios(perSecond(rounds), perSecond(bare));
  const cpu = median('cpuMicrosecondsPerRequest');
  const cpuOf = (some: readonly Round[]) => numbersOf(some, 'cpuMicrosecondsPerRequest');
  const bareCpu = summarize(cpuOf(bare)).median;
  const cpuRatio = summarizeRatios(cpuOf(bare), cpuOf(rounds));
  return [
    title,
    Math.round(median('requestsPerSecond')).toLocaleString('en'),
    ratio.median.toFixed(2),
    `${ratio.lowerQuartile.toFixed(2)}–${ratio.upperQuartile.toFixed(2)}`,
    median('p99Ms').toFixed(2),
    cpu.toFixed(1),
    (cpu - bareCpu).toFixed(1),
    cpuRatio.median.toFixed(2),
    `${cpuRatio.lowerQuartile.toFixed(2)}–${cpuRatio.upperQuartile.toFixed(2)}`,
  ];
}
