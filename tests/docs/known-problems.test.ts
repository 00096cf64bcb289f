import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);

test.each([
  ['oauth-tests.md', 30],
  ['gateway-tests.md', 19],
])('docs/security/%s: every row names a test that exists', (page, count) => {
  const rows = readFileSync(new URL(`docs/security/${page}`, root), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:---|problem elsewhere|advisory)/.test(line));
  expect(rows.length).toBeGreaterThan(count);
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
