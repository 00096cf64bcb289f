// Runs every stage of stages.ts, prints a line for each and the output of failed ones, and ends with `N passed, N
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
import { STAGES, type Stage } from './stages.ts';

const logs = join(root, 'test-results/logs');
const reports = mkdtempSync(join(tmpdir(), 'valetkey-tests-'));

async function runStages(stages: readonly Stage[]): Promise<void> {
  const total: TestCount = { passed: 0, failed: 0 };
  for (const stage of stages) {
    const { passed, failed } = await runStage(stage);
    total.passed += passed;
    total.failed += failed;
  }
  if (stages.some((stage) => stage.kind === 'test'))
    console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** A stage that fails without a failed test (a check, a file that cannot be loaded) counts as one failure. */
async function runStage(stage: Stage): Promise<TestCount> {
  process.stdout.write(`${stage.title.padEnd(24, ' ')}`);
  if (stage.obstacle) {
    console.log(`${process.env.CI ? 'FAILED' : 'skipped'}: ${stage.obstacle}`);
    return { passed: 0, failed: process.env.CI ? 1 : 0 };
  }
  const report = join(reports, `${stage.title.replaceAll(' ', '-')}.json`);
  const reporters =
    stage.kind === 'test' ? ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`] : [];
  const started = performance.now();
  const { isGood, output } = await runCommand([...stage.command, ...reporters]);
  const count = stage.kind === 'test' ? countTests(readReport(report)) : { passed: 0, failed: 0 };
  const failed = isGood ? count.failed : Math.max(count.failed, 1);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const details = stage.kind === 'test' ? `  ${count.passed} passed, ${count.failed} failed` : '';
  console.log(`${failed > 0 ? 'FAILED' : 'ok'} ${seconds.padStart(6)} s${details}`);
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
  if (args[0] === '--static') await runStages(STAGES.filter((stage) => stage.kind === 'check'));
  else if (args.length === 0) {
    // Removes the logs of earlier runs.
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs, { recursive: true });
    await runStages(STAGES);
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
