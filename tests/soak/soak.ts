// Why this exists: leaks, races and unhandled input appear after minutes, not in a unit test. One command puts a mixed load
// on a forum in a process of its own, attacks it at the same time, and exits 1 if a promise is broken.
//
// Use: npm run soak -- [--minutes 10 | --seconds 600] [--seed 1]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import { signIn } from '@valetkey/test-support/sign-in';
import { flood } from './flood.ts';
import { fuzz } from './fuzz.ts';
import { expectRejected, runLoad } from './load.ts';
import { race } from './races.ts';
import { sendRawRequests } from './raw-sockets.ts';
import { createReport } from './report.ts';
import { sendSlowInputs } from './slow-inputs.ts';
import { createRandom, send, type Target } from './target.ts';

/** A forum uses 100 to 200 MB. More growth than this is not a cache. */
const MAX_GROWTH_MB = 512;
const PROGRESS_MS = 10_000;

/** The attacks that run beside the load, and the share of the time for each. The load continues alone for the rest. */
const PHASES = [
  { name: 'load alone', share: 0.1, run: async () => {} },
  { name: 'raw sockets', share: 0.1, run: sendRawRequests },
  { name: 'races', share: 0.1, run: race },
  { name: 'slow inputs', share: 0.15, run: sendSlowInputs },
  { name: 'fuzzed requests', share: 0.25, run: fuzz },
  { name: 'flood', share: 0.2, run: flood },
  { name: 'load alone', share: 0.1, run: async () => {} },
] as const;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seconds: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const seconds = values.seconds === undefined ? Number(values.minutes) * 60 : Number(values.seconds);
if (!(seconds >= 5 && seconds <= 86_400))
  throw new Error('The time must be from 5 seconds to a day: --minutes 10, or --seconds 60.');

const dataDir = mkdtempSync(join(tmpdir(), 'valetkey-soak-'));
let forum = await startForumProcess(dataDir);
const memory = () =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(forum.pid)], { encoding: 'utf8' })) / 1024;
const report = createReport();
const begun = performance.now();
const end = begun + seconds * 1000;
const target: Target = {
  url: forum.url,
  report,
  random: createRandom(Number(values.seed)),
  isOver: () => performance.now() >= end,
};
let phase = '';
const describe = () =>
  `${Math.round((performance.now() - begun) / 1000)} s, ${phase}: ${report.requests} requests, ${memory().toFixed(0)} MB`;
const progress = setInterval(() => console.log(describe()), PROGRESS_MS);

try {
  const admin = await signIn(forum.url, 'admin');
  const limit = { max_user_api_key_approvals_per_hour: '10000' };
  await admin.send('PUT', '/admin/site_settings/max_user_api_key_approvals_per_hour.json', limit);
  await send(target, 'page', '/latest');
  const memoryAtStart = memory();
  console.log(`Soaking ${forum.url} for ${seconds} s, seed ${values.seed}, ${memoryAtStart.toFixed(0)} MB`);
  const load = runLoad(target);
  // A failed load is reported below, after the attacks.
  load.catch(() => {});
  await runPhases();
  const revoked = await load;
  const alive = await send(target, 'page', '/latest.json');
  if (alive?.status !== 200)
    report.breakPromise('The site still answers at the end.', `status ${alive?.status}`);
  const memoryAtEnd = memory();
  clearInterval(progress);
  await checkAfterCrash(revoked);
  printReport(memoryAtStart, memoryAtEnd);
} finally {
  clearInterval(progress);
  await forum.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(report.broken().length > 0 ? 1 : 0);

/** Ends the process with SIGKILL. What was acknowledged as revoked stays revoked. `tests/e2e` kills during requests. */
async function checkAfterCrash(revoked: readonly string[]): Promise<void> {
  await forum.kill();
  forum = await startForumProcess(dataDir);
  for (const key of revoked) await expectRejected({ ...target, url: forum.url }, 'after kill -9', key);
}

async function runPhases(): Promise<void> {
  let phaseEnd = begun;
  for (const { name, share, run } of PHASES) {
    phase = name;
    phaseEnd += share * seconds * 1000;
    const isOver = () => performance.now() >= phaseEnd;
    await run({ ...target, isOver });
    while (!isOver())
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, phaseEnd - performance.now())));
  }
}

function printReport(memoryAtStart: number, memoryAtEnd: number): void {
  if (memoryAtEnd - memoryAtStart > MAX_GROWTH_MB)
    report.breakPromise(`Memory grows by less than ${MAX_GROWTH_MB} MB.`, `${memoryAtEnd.toFixed(0)} MB`);
  console.log(`\n${report.lines().join('\n')}\n`);
  console.log(
    `requests     ${report.requests} (${report.rateLimited} rate limited, ${report.withoutResponse} without a response)`,
  );
  console.log(
    `p50, p99     ${report.percentile(0.5).toFixed(1)} ms, ${report.percentile(0.99).toFixed(1)} ms (load, attacks included)`,
  );
  console.log(`memory       ${memoryAtStart.toFixed(0)} MB at start, ${memoryAtEnd.toFixed(0)} MB at end`);
  const broken = report.broken();
  console.log(`errors       ${broken.length === 0 ? 'none: no promise is broken' : broken.length}`);
  for (const line of broken) console.log(`  ${line}`);
}
