import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const rows = readFileSync(new URL('docs/security/oauth-tests.md', root), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:---|problem elsewhere|advisory)/.test(line));

test('docs/security/oauth-tests.md: every row names a test that exists', () => {
  expect(rows.length).toBeGreaterThan(30);
  const missing = rows.flatMap((row) => {
    let source: string | null = null;
    const named = [...row.matchAll(/`([\w./-]+\.ts)`|“([^”]+)”/g)].flatMap(([, path, name]) => {
      if (path !== undefined) source = readFileSync(new URL(path, root), 'utf8');
      return name === undefined ? [] : [{ name, isThere: source?.includes(name) ?? false }];
    });
    if (named.length === 0) return [`no test: ${row}`];
    return named.filter(({ isThere }) => !isThere).map(({ name }) => name);
  });
  expect(missing).toEqual([]);
});
