import { expect, test } from 'vitest';
import { findExportTargets, listEntryFiles, type Manifest } from './package-exports.ts';
import { toPublishedManifest } from './publish-manifest.ts';

const manifest: Manifest & Record<string, unknown> = {
  name: '@valetkey/example',
  version: '1.2.3',
  scripts: { postinstall: 'never' },
  files: ['src'],
  bin: { example: './src/main.ts' },
  exports: {
    '.': { browser: './src/browser.ts', default: './src/index.ts' },
    './store/memory': './src/store/memory.ts',
    './vectors/*': './vectors/*.json',
  },
  dependencies: { hono: '1.0.0' },
  devDependencies: { vitest: '1.0.0' },
};

test('toPublishedManifest: points at compiled files, with the types first', () => {
  expect(toPublishedManifest(manifest)).toEqual({
    name: '@valetkey/example',
    version: '1.2.3',
    bin: { example: './main.js' },
    exports: {
      '.': {
        browser: { types: './browser.d.ts', default: './browser.js' },
        default: { types: './index.d.ts', default: './index.js' },
      },
      './store/memory': { types: './store/memory.d.ts', default: './store/memory.js' },
      './vectors/*': './vectors/*.json',
    },
    dependencies: { hono: '1.0.0' },
  });
  expect(Object.keys(toPublishedManifest(manifest).exports as object)).toEqual(
    Object.keys(manifest.exports ?? {}),
  );
});

test('toPublishedManifest: adds no exports to a package without them, so that its command still runs', () => {
  const { exports: _none, ...command } = manifest;
  expect(toPublishedManifest(command)).not.toHaveProperty('exports');
});

test('listEntryFiles: returns every file that others can import or run', () => {
  expect(listEntryFiles(manifest)).toEqual([
    './src/browser.ts',
    './src/index.ts',
    './src/store/memory.ts',
    './src/main.ts',
  ]);
});

test.each([
  ['.', ['./src/browser.ts', './src/index.ts']],
  ['./store/memory', ['./src/store/memory.ts']],
  ['./vectors/pem', ['./vectors/pem.json']],
  ['./store', []],
])('findExportTargets: resolves %s like Node', (path, files) => {
  expect(findExportTargets(manifest, path)).toEqual(files);
});
