import { expect, test } from 'vitest';
import type { Manifest } from '../build/package-exports.ts';
import type { Workspace } from '../source-tree.ts';
import { checkImports } from './check-imports.ts';
import { resolveImport } from './import-graph.ts';
import { SERVER_FOLDERS } from './import-order.ts';

function workspace(folder: string, changes: Partial<Manifest> = {}): Workspace {
  const name = `@valetkey/${folder.split('/')[1]}`;
  return {
    folder,
    name,
    manifest: { name, version: '1.0.0', exports: { '.': './src/index.ts' }, ...changes },
  };
}

const workspaces = ['packages/protocol', 'packages/client', 'packages/server'].map((folder) =>
  workspace(folder),
);

/** The problems of imports, each given as `file > specifier`, with ` (type)` for type-only imports. */
function check(imports: readonly string[], known: readonly string[] = []): string[] {
  const edges = imports.map((line) => {
    const [from = '', rest = ''] = line.split(' > ');
    const specifier = rest.replace(' (type)', '');
    const targets = resolveImport(from, specifier, workspaces);
    return { from, specifier, targets, line: 1, isTypeOnly: rest !== specifier };
  });
  return checkImports({ edges, workspaces }, known);
}

test('checkImports: accepts imports that follow the order and use entry points', () => {
  const valid = [
    'packages/client/src/index.ts > @valetkey/protocol',
    'packages/server/src/index.ts > ./http/cors.ts',
    'packages/server/src/verify/verifier.ts > ../core/key/hash-key.ts',
    'packages/server/src/verify/verifier.ts > ./key-cache.ts',
    'packages/server/src/verify/verifier.ts > hono',
    'packages/server/src/verify/verifier.ts > node:crypto',
    'packages/server/src/verify/verifier.test.ts > ../http/cors.ts',
    'tests/e2e/all.test.ts > @valetkey/server',
    'tests/e2e/all.test.ts > ../../tools/demo/person.ts',
  ];
  expect(check(valid)).toEqual([]);
});

test.each([
  [
    'a package against the order',
    'packages/client/src/a.ts > @valetkey/server',
    'may import @valetkey/protocol',
  ],
  [
    'types of a package against the order',
    'packages/client/src/a.ts > @valetkey/server (type)',
    'may import @valetkey/protocol',
  ],
  ['its own package by name', 'packages/client/src/a.ts > @valetkey/client', 'by relative path'],
  [
    'another package by relative path',
    'packages/server/src/a.ts > ../../protocol/src/index.ts',
    'by its name',
  ],
  [
    'a package by relative path in a test',
    'tests/e2e/a.test.ts > ../../packages/protocol/src/index.ts',
    'by its name',
  ],
  [
    'an unpublished entry point',
    'packages/server/src/a.ts > @valetkey/protocol/inner',
    'not among the exports',
  ],
  [
    'a Node module in a browser entry',
    'packages/protocol/src/index.ts > node:fs',
    'must not import Node modules',
  ],
  [
    'a later folder',
    'packages/server/src/core/key/a.ts > ../../ports/store.ts',
    'core/ may import no other folder',
  ],
  [
    'types of a later folder',
    'packages/server/src/verify/a.ts > ../http/cors.ts (type)',
    'verify/ may import core, ports',
  ],
  [
    'a file beside the folders',
    'packages/server/src/http/a.ts > ../valetkey.ts',
    'http/ may import core, ports',
  ],
  [
    'anything from a folder that is not in the order',
    'packages/server/src/extra/a.ts > ./b.ts',
    'add the folder extra',
  ],
])('checkImports: rejects %s', (_what, line, said) => {
  expect(check([line])).toEqual([expect.stringContaining(said)]);
});

test('checkImports: allows a folder only the folders before it, for each pair of folders', () => {
  for (const [i, from] of SERVER_FOLDERS.entries()) {
    for (const [j, to] of SERVER_FOLDERS.entries()) {
      const problems = check([`packages/server/src/${from}/a.ts > ../${to}/b.ts`]);
      expect(problems, `${from} imports ${to}`).toHaveLength(j > i ? 1 : 0);
    }
  }
});

test('checkImports: skips a known violation, and reports an entry that is no longer one', () => {
  const line = 'packages/server/src/core/a.ts > ../ports/b.ts';
  expect(check([line], ['core/a.ts → ports/b.ts'])).toEqual([]);
  expect(check([line], ['core/a.ts → ports/c.ts'])).toHaveLength(2);
  expect(check([], ['core/a.ts → ports/b.ts'])).toEqual([expect.stringContaining('no longer a violation')]);
});

test('checkImports: rejects Node modules in every file that a browser entry reaches', () => {
  const [problem, ...others] = check([
    'packages/client/src/index.ts > @valetkey/protocol',
    'packages/protocol/src/index.ts > ./crypto/seal.ts',
    'packages/protocol/src/crypto/seal.ts > node:crypto',
    'packages/protocol/src/crypto/open.ts > node:crypto',
  ]);
  expect(problem).toContain('packages/protocol/src/crypto/seal.ts:1');
  expect(others).toEqual([expect.stringContaining('browser entry packages/client/src/index.ts')]);
});
