import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { listEntryFiles, type Manifest } from '../../tools/build/package-exports.ts';
import { bundle } from './bundle.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'packages/client');
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

interface Budget {
  /** The most that it may weigh before the app begins, gzipped. A flow that uses a part of it weighs less. */
  readonly bytes: number;
  /** And with what is loaded when it is needed. */
  readonly wholeBytes: number;
  readonly usesNode: boolean;
}

const BUDGETS: Readonly<Record<string, Budget>> = {
  './src/index.ts': { bytes: 11_000, wholeBytes: 12_000, usesNode: false },
  './src/browser/index.ts': { bytes: 6_000, wholeBytes: 7_000, usesNode: false },
  './src/node/index.ts': { bytes: 9_000, wholeBytes: 10_000, usesNode: true },
};
/** The redirect flow of a page as the README has it: from the button to the key in use. */
const PAGE_FLOW: Budget = { bytes: 8_000, wholeBytes: 10_500, usesNode: false };

test('every entry has a budget', () => {
  expect(Object.keys(BUDGETS).sort()).toEqual(listEntryFiles(manifest).sort());
});

/** What an app must not have to carry: other packages, and the half of the protocol that only a site needs. */
function findLeaks(modules: readonly string[]): string[] {
  const files = modules.map((file) => relative(root, file));
  const isForeign = (file: string) =>
    !/^packages\/(client|protocol)\/src\/|^test-results\/page-flow\//.test(file);
  const isForSites = (file: string) =>
    /\/(error-catalogue|seal|key-request|redirect|redirect-pattern|describe-redirect-pattern)\.ts$/.test(
      file,
    );
  return files.filter((file) => isForeign(file) || isForSites(file));
}

const flow = join(root, 'test-results/page-flow/flow.ts');
const entries = Object.entries(BUDGETS).map(
  ([entry, budget]) => [entry, join(folder, entry), budget] as const,
);

test.each([...entries, ['the page flow of the README', flow, PAGE_FLOW] as const])(
  '%s keeps its budget, and carries nothing of a site',
  async (_name, entry, budget) => {
    writePageFlow();
    const { code, gzippedBytes, wholeGzippedBytes, modules, imports } = await bundle(entry);
    expect(gzippedBytes).toBeLessThanOrEqual(budget.bytes);
    expect(wholeGzippedBytes).toBeLessThanOrEqual(budget.wholeBytes);
    expect(findLeaks(modules)).toEqual([]);
    expect(imports.length > 0).toBe(budget.usesNode);
    if (!budget.usesNode) expect(code).not.toMatch(/["'`]node:(?!crypto)|\brequire\(/);
  },
);

/** The README's own example, inside the project, so that the packages are found by name as everywhere. */
function writePageFlow(): void {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const example =
    readme.split('## A web page without a server\n')[1]?.match(/```ts\n([\s\S]*?)```/)?.[1] ?? '';
  expect(example).toMatch(/createConnection[\s\S]*startLogin\([\s\S]*finishLogin\(/);
  mkdirSync(dirname(flow), { recursive: true });
  writeFileSync(flow, example);
}

test('a leak would be seen', async () => {
  const ofCommand = await bundle(join(root, 'packages/cli/src/keys/key-file.ts'));
  expect(findLeaks(ofCommand.modules)).toContain('packages/cli/src/keys/key-file.ts');
  expect(ofCommand.imports).toContain('node:fs');
  const { modules } = await bundle(join(root, 'packages/protocol/src/index.ts'));
  for (const name of [
    'errors/error-catalogue',
    'redirect/redirect',
    'redirect/redirect-pattern',
    'redirect/describe-redirect-pattern',
  ])
    expect(findLeaks(modules)).toContain(`packages/protocol/src/${name}.ts`);
});
