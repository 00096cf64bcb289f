import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { listEntryFiles, type Manifest } from '../../tools/package-exports.ts';
import { bundle } from './bundle.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'packages/client');
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** The most that an entry may weigh, gzipped, in bytes. A flow that uses a part of it weighs less. */
const BUDGETS: Readonly<Record<string, { readonly bytes: number; readonly usesNode: boolean }>> = {
  './src/index.ts': { bytes: 12_000, usesNode: false },
  './src/browser/index.ts': { bytes: 8_000, usesNode: false },
  './src/node/index.ts': { bytes: 11_000, usesNode: true },
};

test('every entry has a budget', () => {
  expect(Object.keys(BUDGETS).sort()).toEqual(listEntryFiles(manifest).sort());
});

/** What an app must not have to carry: other packages, and the half of the protocol that only a site needs. */
function findLeaks(modules: readonly string[]): string[] {
  const files = modules.map((file) => relative(root, file));
  const isForeign = (file: string) => !/^packages\/(client|protocol)\/src\//.test(file);
  const isForSites = (file: string) =>
    /\/(error-catalogue|seal|key-request|redirect-pattern)\.ts$/.test(file);
  return files.filter((file) => isForeign(file) || isForSites(file));
}

test.each(Object.entries(BUDGETS))(
  '%s keeps its budget, and carries nothing of a site',
  async (entry, budget) => {
    const { code, gzippedBytes, modules, imports } = await bundle(join(folder, entry));
    expect(gzippedBytes).toBeLessThanOrEqual(budget.bytes);
    expect(findLeaks(modules)).toEqual([]);
    expect(imports.length > 0).toBe(budget.usesNode);
    if (!budget.usesNode) expect(code).not.toMatch(/["'`]node:(?!crypto)|\brequire\(/);
  },
);

test('a leak would be seen', async () => {
  const ofCommand = await bundle(join(root, 'packages/cli/src/keys/key-file.ts'));
  expect(findLeaks(ofCommand.modules)).toContain('packages/cli/src/keys/key-file.ts');
  expect(ofCommand.imports).toContain('node:fs');
  const { modules } = await bundle(join(root, 'packages/protocol/src/index.ts'));
  expect(findLeaks(modules)).toContain('packages/protocol/src/error-catalogue.ts');
});
