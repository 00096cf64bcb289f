import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../source-tree.ts';

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string };
  }[];
}

/** Lints a small repository with the rules of this one. Returns `rule file` for each finding, sorted. */
function lint(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-lint-'));
  try {
    cpSync(join(root, 'biome.jsonc'), join(folder, 'biome.jsonc'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const { stdout } = spawnSync(
      process.execPath,
      [biome, 'lint', '--vcs-enabled=false', '--reporter=json'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    const { diagnostics }: Report = JSON.parse(stdout);
    return diagnostics
      .map(({ category, location }) => `${category.split('/').at(-1)} ${location.path}`)
      .sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const MANIFEST = JSON.stringify({
  name: 'a',
  dependencies: { hono: '1.0.0' },
  devDependencies: { vitest: '1.0.0' },
});
const manyLines = (count: number) =>
  Array.from({ length: count }, (_, i) => `export const a${i} = ${i};\n`).join('');

test('the linter rejects cycles, undeclared dependencies, `export *`, long files and long parameter lists', () => {
  const findings = lint({
    'packages/a/package.json': MANIFEST,
    'packages/a/src/cycle-1.ts': "import { b } from './cycle-2.ts';\nexport const a = () => b;\n",
    'packages/a/src/cycle-2.ts': "import { a } from './cycle-1.ts';\nexport const b = () => a;\n",
    'packages/a/src/type-cycle-1.ts': "import type { B } from './type-cycle-2.ts';\nexport type A = B | 1;\n",
    'packages/a/src/type-cycle-2.ts': "import type { A } from './type-cycle-1.ts';\nexport type B = A | 2;\n",
    'packages/a/src/undeclared.ts': "import { z } from 'zod';\nexport const a = z;\n",
    'packages/a/src/dev.ts': "import { test } from 'vitest';\nexport const a = test;\n",
    'packages/a/src/re-export.ts': "export * from './long.ts';\n",
    'packages/a/src/long.ts': manyLines(251),
    'packages/a/src/parameters.ts': 'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => a + b + c + d + e;\n',
    'packages/a/src/any.ts': 'export const a: any = 1;\n',
    'packages/a/src/default.ts': 'const a = 1;\nexport default a;\n',
  });
  expect(findings).toEqual([
    'noDefaultExport packages/a/src/default.ts',
    'noExcessiveLinesPerFile packages/a/src/long.ts',
    'noExplicitAny packages/a/src/any.ts',
    'noImportCycles packages/a/src/cycle-1.ts',
    'noImportCycles packages/a/src/cycle-2.ts',
    'noImportCycles packages/a/src/type-cycle-1.ts',
    'noImportCycles packages/a/src/type-cycle-2.ts',
    'noReExportAll packages/a/src/re-export.ts',
    'noUndeclaredDependencies packages/a/src/dev.ts',
    'noUndeclaredDependencies packages/a/src/undeclared.ts',
    'useMaxParams packages/a/src/parameters.ts',
  ]);
});

test('the linter accepts declared dependencies, test dependencies in tests, 250 lines and 4 parameters', () => {
  const findings = lint({
    'packages/a/package.json': MANIFEST,
    'packages/a/src/valid.ts': "import { Hono } from 'hono';\nexport const a = Hono;\n",
    'packages/a/src/valid.test.ts': "import { test } from 'vitest';\nexport const a = test;\n",
    'packages/a/src/long.ts': manyLines(250),
    'packages/a/src/parameters.ts': 'export const f = (a: 1, b: 1, c: 1, d: 1) => a + b + c + d;\n',
  });
  expect(findings).toEqual([]);
});
