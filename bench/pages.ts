// Measures the processor time of each page when a user has 500 keys that were used and refused every day, and how large
// the page is. The goal is less than 20 ms and 50 kB.
// Run: node_modules/.bin/node bench/pages.ts [--rounds 100]
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { createPopularSite, POPULAR_PAGES } from '@valetkey/test-support/site/popular-site';
import { printMachine, printTable } from './report/table.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '100' } } });
const rounds = Number(values.rounds);

const site = await createPopularSite();
const times = new Map<string, number[]>(POPULAR_PAGES.map(({ path }) => [path, []]));
const sizes = new Map<string, string>();
// In turns, so that a busy machine slows all pages alike. The first rounds warm up.
for (let round = -10; round < rounds; round += 1) {
  for (const { path, as } of POPULAR_PAGES) {
    const startedAt = process.cpuUsage();
    const response = await site.get(path, { cookie: `session=${as}` });
    const text = await response.text();
    const { user, system } = process.cpuUsage(startedAt);
    const took = (user + system) / 1_000;
    if (response.status !== 200) throw new Error(`${path} returned ${response.status}.`);
    if (round >= 0) times.get(path)?.push(took);
    const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(1);
    sizes.set(path, `${kilobytes(Buffer.byteLength(text))} / ${kilobytes(gzipSync(text).length)}`);
  }
}
await site.valetkey.close();

const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
printMachine();
printTable(
  ['page', 'CPU ms, median', 'p99', 'kB / gzip'],
  [...times].map(([path, taken]) => {
    const sorted = taken.toSorted((one, other) => one - other);
    return [path, at(sorted, 0.5), at(sorted, 0.99), sizes.get(path) ?? ''];
  }),
);
