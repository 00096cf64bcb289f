import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { listEntryFiles, type Manifest } from '../../tools/build/package-exports.ts';
import { bundle } from './bundle.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'packages/client');
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

interface Budget {
  /** Maximum size of what is loaded at start, gzipped. */
  readonly bytes: number;
  /** Maximum size including lazily loaded chunks, gzipped. */
  readonly wholeBytes: number;
  readonly usesNode: boolean;
}

const BUDGETS: Readonly<Record<string, Budget>> = {
  './src/index.ts': { bytes: 12_250, wholeBytes: 13_800, usesNode: false },
  './src/browser/index.ts': { bytes: 6_500, wholeBytes: 7_600, usesNode: false },
  './src/node/index.ts': { bytes: 9_550, wholeBytes: 11_350, usesNode: true },
};
/** The redirect flow of the README: from the button to the use of the key. */
const PAGE_FLOW: Budget = { bytes: 8_950, wholeBytes: 11_700, usesNode: false };

test('client entries: each has a budget', () => {
  expect(Object.keys(BUDGETS).sort()).toEqual(listEntryFiles(manifest).sort());
});

/** Returns the modules that an app must not load: other packages, and the part of the protocol that only sites need. */
function findLeaks(modules: readonly string[]): string[] {
  const files = modules.map((file) => relative(root, file));
  const isForeign = (file: string) =>
    !/^packages\/(client|protocol)\/src\/|^test-results\/page-flow\//.test(file);
  const isForSites = (file: string) =>
    /\/(error-catalogue|seal|key-request|redirect|redirect-pattern|redirect-pattern-texts|describe-redirect-pattern)\.ts$/.test(
      file,
    );
  return files.filter((file) => isForeign(file) || isForSites(file));
}

const flow = join(root, 'test-results/page-flow/flow.ts');
const entries = Object.entries(BUDGETS).map(
  ([entry, budget]) => [entry, join(folder, entry), budget] as const,
);

test.each([...entries, ['the page flow of the README', flow, PAGE_FLOW] as const])(
  '%s: stays within its budget, and contains no code that only sites need',
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

/** Writes the example of the README into the project, so that its imports resolve. */
function writePageFlow(): void {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const example =
    readme.split('## A web page without a server\n')[1]?.match(/```ts\n([\s\S]*?)```/)?.[1] ?? '';
  expect(example).toMatch(/createConnection[\s\S]*startLogin\([\s\S]*finishLogin\(/);
  mkdirSync(dirname(flow), { recursive: true });
  writeFileSync(flow, example);
}

test('findLeaks: reports files of other packages and files that only sites need', async () => {
  const ofCommand = await bundle(join(root, 'packages/cli/src/keys/key-file.ts'));
  expect(findLeaks(ofCommand.modules)).toContain('packages/cli/src/keys/key-file.ts');
  expect(ofCommand.imports).toContain('node:fs');
  const forSites = {
    'src/index.ts': ['redirect/redirect', 'redirect/redirect-pattern', 'redirect/describe-redirect-pattern'],
    'src/errors/messages.ts': ['errors/error-catalogue'],
  };
  for (const [entry, names] of Object.entries(forSites)) {
    const { modules } = await bundle(join(root, 'packages/protocol', entry));
    for (const name of names) expect(findLeaks(modules)).toContain(`packages/protocol/src/${name}.ts`);
  }
});
