import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

test('packages for apps: package.json, README and guide name the same Node version', () => {
  for (const name of ['protocol', 'client', 'cli']) {
    expect(JSON.parse(read(`packages/${name}/package.json`)).engines.node, name).toBe('>=20.3');
    expect(read(`packages/${name}/README.md`), name).toContain('Node 20.3 or newer');
  }
  expect(read('docs/guides/connect-your-app.md')).toContain('Node 20 (20.3 or newer)');
});

test('packages for sites: package.json and README name the same Node version', () => {
  expect(JSON.parse(read('packages/server/package.json')).engines.node).toBe('>=22.13');
  expect(read('packages/server/README.md')).toContain('Node 22.13 or newer');
});
