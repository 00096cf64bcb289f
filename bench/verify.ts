// Measures the cost of verifying a key. First with keys in memory: SHA-256 alone, SHA-256 and a Map, and the
// verifier, in turns, for 1,000 keys and more in random order. The verifier does all its work: both limits, a scope
// bound to a parameter, last-used. Then the verifier beside other libraries, from SQLite, and with PostgreSQL and
// Valkey. Compare the ratio to the hash of the same round.
// Run: npm run bench:verify -- [--keys 1000,100000] [--rounds 11] [--skip-peers]
import { parseArgs } from 'node:util';
import { valkeyProgram } from '@valetkey/test-support/start-valkey';
import { installPeers } from './peers/load-peer.ts';
import { type Summary, summarize, summarizeRatios } from './report/statistics.ts';
import { printMachine, printTable } from './report/table.ts';
import type { Measured, Times } from './verify/measure.ts';
import { runProcess, type WarmResult } from './verify/run-process.ts';

const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '1000,100000,1000000' },
    rounds: { type: 'string', default: '11' },
    'skip-peers': { type: 'boolean', default: false },
  },
});

const warmRows: string[][] = [];
for (const count of values.keys.split(',').map(Number)) {
  const title = `${count.toLocaleString('en')} keys`;
  console.error(`${title} …`);
  const { times, bytesPerKey } = await runProcess<WarmResult>(
    'warm-process.ts',
    String(count),
    values.rounds,
  );
  const rows = toRows(times).map(([name = '', ...cells]) => [`${title}: ${name}`, ...cells]);
  for (const row of rows) warmRows.push([...row, row === rows.at(-1) ? bytesPerKey.toFixed(0) : '']);
}
printMachine();
console.log(`Keys in memory, ${values.rounds} rounds; medians and quartiles\n`);
printTable(['', 'µs', 'quartiles', 'ratio', 'quartiles', 'bytes per key'], warmRows);

if (!values['skip-peers']) {
  installPeers();
  console.error('\nother libraries …');
  const { cpu } = await runProcess<Measured>('peers-process.ts', values.rounds);
  console.log(`\n1,000 keys beside other libraries, ${values.rounds} rounds; medians and quartiles\n`);
  printTable(['', 'µs', 'quartiles', 'ratio', 'quartiles'], toRows(cpu));
  if (valkeyProgram === null)
    console.log('\nWithout Valkey and Redis the rest is skipped: apt-get install redis-server.');
  else await measureServers();
}

async function measureServers(): Promise<void> {
  console.error('\nPostgreSQL and Valkey …');
  const { cpu, elapsed } = await runProcess<Measured>('servers-process.ts', values.rounds);
  console.log(`\n1,000 keys with PostgreSQL and Valkey on this machine, ${values.rounds} rounds; medians\n`);
  const rows = Object.keys(cpu).map((name) => {
    const [time, processor] = [elapsed, cpu].map((times) => summarize(toMicroseconds(times[name] ?? [])));
    return [
      name,
      ...[time, processor].flatMap((each) => (each ? [each.median.toFixed(0), spread(each, 0)] : [])),
    ];
  });
  printTable(['', 'µs', 'quartiles', 'CPU µs', 'quartiles'], rows);
}

function toMicroseconds(nanoseconds: readonly number[]): number[] {
  return nanoseconds.map((each) => each / 1000);
}

function toRows(times: Times): string[][] {
  const hashTimes = times.hash ?? [];
  return Object.entries(times).map(([name, each]) => {
    const time = summarize(toMicroseconds(each));
    const ratio = summarizeRatios(each, hashTimes);
    return [name, time.median.toFixed(2), spread(time, 2), ratio.median.toFixed(1), spread(ratio, 1)];
  });
}

function spread({ lowerQuartile, upperQuartile }: Summary, digits: number): string {
  return `${lowerQuartile.toFixed(digits)}–${upperQuartile.toFixed(digits)}`;
}
