// Runs every stage of stages.ts, prints a line when one ends, with the output if it failed, and ends with `N passed, N
// failed`.
// Use: npm test (everything)
// npm run check (only the stages that read the sources)
// npm test -- <filter> (Vitest with these arguments)
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { countTests, type TestCount } from './count-tests.ts';
import { root } from './source-tree.ts';
import { AFTER_TESTS, CHECKS, type Chain, type Stage, TESTS } from './stages.ts';

const logs = join(root, 'test-results/logs');
const reports = mkdtempSync(join(tmpdir(), 'valetkey-tests-'));

/** Runs the chains side by side. */
async function runChains(chains: readonly Chain[]): Promise<TestCount> {
  const total: TestCount = { passed: 0, failed: 0 };
  await Promise.all(
    chains.map(async (chain) => {
      for (const stage of chain) {
        const { passed, failed } = await runStage(stage);
        total.passed += passed;
        total.failed += failed;
      }
    }),
  );
  if (total.failed > 0) process.exitCode = 1;
  return total;
}

/** A stage that fails without a failed test (a check, a file that cannot be loaded) counts as one failure. */
async function runStage(stage: Stage): Promise<TestCount> {
  const title = stage.title.padEnd(29, ' ');
  if (stage.obstacle) {
    console.log(`${title}${process.env.CI ? 'FAILED' : 'skipped'}: ${stage.obstacle}`);
    return { passed: 0, failed: process.env.CI ? 1 : 0 };
  }
  const report = join(reports, `${stage.title.replaceAll(' ', '-')}.json`);
  const reporters =
    stage.kind === 'test' ? ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`] : [];
  const started = performance.now();
  const { isGood, output } = await runCommand([...stage.command, ...reporters]);
  const count =
    stage.kind === 'test' ? countTests(readReport(report), stage.skips) : { passed: 0, failed: 0 };
  const failed = isGood ? count.failed : Math.max(count.failed, 1);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const details = stage.kind === 'test' ? `  ${count.passed} passed, ${count.failed} failed` : '';
  console.log(`${title}${failed > 0 ? 'FAILED' : 'ok'} ${seconds.padStart(6)} s${details}`);
  // The output of a passed test is kept in the logs; a failed test shows what it compared.
  if (stage.kind === 'test' && failed === 0)
    writeFileSync(join(logs, `${basename(report, '.json')}.log`), output);
  if (failed > 0) console.log(`\n${output.trimEnd().replaceAll(/^/gm, '    ')}\n`);
  return { passed: count.passed, failed };
}

function runCommand(command: readonly string[]): Promise<{ isGood: boolean; output: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ isGood: boolean; output: string }>();
  // A pipe has no colours by default; force them if the output is a terminal.
  const env = { ...process.env, [process.stdout.isTTY ? 'FORCE_COLOR' : 'NO_COLOR']: '1' };
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  child.on('error', reject);
  child.on('close', (code) => resolve({ isGood: code === 0, output: Buffer.concat(chunks).toString() }));
  return promise;
}

function readReport(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

const args = process.argv.slice(2);
try {
  if (args[0] === '--static') await runChains(CHECKS);
  else if (args.length === 0) {
    // Removes the logs of earlier runs.
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs, { recursive: true });
    const counts = [await runChains(CHECKS), await runChains(TESTS), await runChains([AFTER_TESTS])];
    const sum = (outcome: keyof TestCount) => counts.reduce((total, count) => total + count[outcome], 0);
    console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  } else {
    const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args], {
      cwd: root,
      stdio: 'inherit',
    });
    process.exitCode = status ?? 1;
  }
} finally {
  rmSync(reports, { recursive: true });
}
