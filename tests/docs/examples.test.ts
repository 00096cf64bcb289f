import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findWorkspaces, root } from '../../tools/source-tree.ts';

const recipes = globSync('examples/[0-9]*', { cwd: root }).map((folder) => folder.replaceAll('\\', '/'));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

test('recipes: each has a row in the table, a short README and a test', () => {
  expect(recipes.length).toBeGreaterThan(5);
  const table = read('examples/README.md');
  for (const recipe of recipes) {
    const name = recipe.slice('examples/'.length);
    expect(table).toContain(`| [${name}](${name}) |`);
    expect(read(`${recipe}/README.md`)).toMatch(/^# .+\n\n(?:.*\n){4,9}$/);
    expect(globSync(`${recipe}/*.test.ts`, { cwd: root }), recipe).toHaveLength(1);
  }
});

test('recipes: each depends on the tested version of the packages', () => {
  const versions = Object.fromEntries(findWorkspaces().map(({ name, manifest }) => [name, manifest.version]));
  const manifests = globSync('examples/*/package.json', { cwd: root });
  expect(manifests.length).toBeGreaterThan(1);
  for (const file of manifests)
    for (const [name, version] of Object.entries<string>(JSON.parse(read(file)).dependencies ?? {}))
      if (name.startsWith('@valetkey/')) expect(version, `${file}: ${name}`).toBe(versions[name]);
});
