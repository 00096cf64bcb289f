import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import { expect, onTestFinished, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const FILES = ['revoke', 'use'].map((name) => `tests/contract/${name}.test.ts`);

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs contract tests against a provider at a URL, in a vitest of their own. */
async function runContractTests(url: string): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-contract-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const outputFile = join(folder, 'report.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const options = ['run', '--project=node', '--no-file-parallelism', '--reporter=json'];
  // It exits with 1 if a test fails, which the report says better.
  await promisify(execFile)(process.execPath, [vitest, ...options, `--outputFile=${outputFile}`, ...FILES], {
    cwd: root,
    env: { ...process.env, VALETKEY_CONTRACT_URL: url },
  }).catch(() => {});
  return JSON.parse(readFileSync(outputFile, 'utf8')) as Report;
}

test('the contract tests: run against a forum of another process, and name each test that it cannot run', {
  timeout: 120_000,
}, async () => {
  const forum = await startForumProcess();
  onTestFinished(() => forum.stop());
  const results = (await runContractTests(forum.url)).testResults.flatMap((file) => file.assertionResults);
  const titlesOf = (...statuses: string[]) =>
    results.filter(({ status }) => statuses.includes(status)).map(({ title }) => title);
  expect(results.flatMap(({ failureMessages }) => failureMessages)).toEqual([]);
  expect(titlesOf('passed').length).toBeGreaterThan(25);
  expect(titlesOf('skipped', 'pending')).toEqual(
    expect.arrayContaining([
      'a request with an expired key: 403 key_expired',
      'daily job: revokes keys that were not used for 180 days, and no others',
    ]),
  );
});
