// Shows where the processor time of a request is spent. It loads one server of bench/http.ts, takes a CPU profile,
// and prints the self time by component and by function. With --file it summarizes a profile of `node --cpu-prof`.
// Run: node_modules/.bin/node bench/profile.ts [--only hono] [--variant embedding] [--seconds 5]
// or: node_modules/.bin/node bench/profile.ts --file some.cpuprofile
import { readFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { parseArgs } from 'node:util';
import { startLoadProcess, startServerProcess } from './http/processes.ts';
import { VARIANTS, type Variant } from './http/variants.ts';
import { installPeers } from './peers/load-peer.ts';
import { type Share, summarizeProfile } from './profile/summarize-profile.ts';
import { printMachine, printTable } from './report/table.ts';

const KEYS = 1_000;
const CONNECTIONS = 64;
const FUNCTIONS = 25;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'hono' },
    variant: { type: 'string', default: 'embedding' },
    seconds: { type: 'string', default: '5' },
    file: { type: 'string' },
  },
});
const profile =
  values.file === undefined ? await takeProfile() : JSON.parse(readFileSync(values.file, 'utf8'));
const { parts, functions } = summarizeProfile(profile);
printMachine();
console.log(`${values.file ?? `${values.only}: ${values.variant}`}, self time in per cent\n`);
printTable(['part', '%'], parts.map(toRow));
console.log('');
printTable(['function', '%'], functions.slice(0, FUNCTIONS).map(toRow));

async function takeProfile(): Promise<Profiler.Profile> {
  if (!Object.hasOwn(VARIANTS, values.variant))
    throw new Error(`--variant accepts one of ${Object.keys(VARIANTS).join(', ')}.`);
  installPeers();
  const server = await startServerProcess(values.only, values.variant as Variant, KEYS);
  const load = startLoadProcess();
  try {
    const order = { port: server.port, keys: server.keys, connections: CONNECTIONS };
    await load.run({ ...order, seconds: 2 });
    await server.ask('start profile');
    await load.run({ ...order, seconds: Number(values.seconds) });
    const { profile } = await server.ask('stop profile');
    if (!profile) throw new Error('The server returned no profile.');
    return profile;
  } finally {
    await load.stop();
    await server.stop();
  }
}

function toRow({ name, share }: Share): string[] {
  return [name, (share * 100).toFixed(1)];
}
