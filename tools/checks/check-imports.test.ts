import { expect, test } from 'vitest';
import type { Manifest } from '../build/package-exports.ts';
import type { Workspace } from '../source-tree.ts';
import { checkImports } from './check-imports.ts';
import { resolveImport } from './import-graph.ts';

function workspace(folder: string, changes: Partial<Manifest> = {}): Workspace {
  const name = `@valetkey/${folder.split('/')[1]}`;
  return {
    folder,
    name,
    manifest: { name, version: '1.0.0', exports: { '.': './src/index.ts' }, ...changes },
  };
}

const workspaces = [
  workspace('packages/protocol'),
  workspace('packages/client', {
    dependencies: { '@valetkey/protocol': '1.0.0', '@valetkey/server': '1.0.0' },
  }),
  workspace('packages/server', { dependencies: { '@valetkey/protocol': '1.0.0', hono: '1.0.0' } }),
];

/** What is said of imports, each given as `file > specifier`, with ` (type)` for types. */
function check(...imports: string[]): string[] {
  const edges = imports.map((line) => {
    const [from = '', rest = ''] = line.split(' > ');
    const specifier = rest.replace(' (type)', '');
    const targets = resolveImport(from, specifier, workspaces);
    return { from, specifier, targets, line: 1, isTypeOnly: rest !== specifier };
  });
  return checkImports({ edges, workspaces }, ['vitest']);
}

test('lets pass what runs one way, through doors, and is declared', () => {
  const fine = [
    'packages/client/src/index.ts > @valetkey/protocol',
    'packages/server/src/index.ts > ./judge.ts',
    'packages/server/src/judge.ts > hono',
    'packages/server/src/judge.ts > node:crypto',
    'packages/server/src/judge.test.ts > vitest',
    'tests/e2e/all.test.ts > @valetkey/server',
    'tests/e2e/all.test.ts > ../../tools/demo/person.ts',
  ];
  expect(check(...fine)).toEqual([]);
});

test('finds a cycle, and calls one that only types make so', () => {
  const [a, b] = ['packages/server/src/a.ts', 'packages/server/src/b.ts'];
  expect(check(`${a} > ./b.ts`, `${b} > ./a.ts`)).toEqual([`cycle of imports: ${a} → ${b} → ${a}`]);
  expect(check(`${a} > ./b.ts`, `${b} > ./a.ts (type)`)).toEqual([`cycle of types: ${a} → ${b} → ${a}`]);
});

test.each([
  [
    'an import against the arrows',
    'packages/client/src/a.ts > @valetkey/server',
    'may import @valetkey/protocol',
  ],
  [
    'an import of types against them',
    'packages/client/src/a.ts > @valetkey/server (type)',
    'may import @valetkey/protocol',
  ],
  ['an import of its own name', 'packages/client/src/a.ts > @valetkey/client', 'by relative path'],
  ['a way through the wall', 'packages/server/src/a.ts > ../../protocol/src/index.ts', 'by its name'],
  [
    'a way through the wall by tests',
    'tests/e2e/a.test.ts > ../../packages/protocol/src/index.ts',
    'by its name',
  ],
  [
    'a door that is not there',
    'packages/server/src/a.ts > @valetkey/protocol/inner',
    'not among the exports',
  ],
  [
    'an undeclared dependency',
    'packages/client/src/a.ts > hono/html',
    'declare hono in packages/client/package.json',
  ],
  ['a development dependency in what is shipped', 'packages/server/src/a.ts > vitest', 'declare vitest'],
  ['Node in the browser entry', 'packages/protocol/src/index.ts > node:fs', 'runs in browsers'],
])('refuses %s', (_what, line, said) => {
  expect(check(line)).toEqual([expect.stringContaining(said)]);
});

test('refuses Node in whatever the browser entry reaches', () => {
  const [problem, ...others] = check(
    'packages/client/src/index.ts > @valetkey/protocol',
    'packages/protocol/src/index.ts > ./crypto/seal.ts',
    'packages/protocol/src/crypto/seal.ts > node:crypto',
    'packages/protocol/src/crypto/open.ts > node:crypto',
  );
  expect(problem).toContain('packages/protocol/src/crypto/seal.ts:1');
  expect(others).toEqual([expect.stringContaining('packages/client/src/index.ts runs in browsers')]);
});
