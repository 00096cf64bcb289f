import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findSourceFiles, isTestFile, root } from '../../tools/source-tree.ts';
import { LOCKS, type Lock } from './locks.ts';

describe.each(LOCKS)('$promise', (lock) => {
  test('holds in every file except the listed ones', () => {
    const breaches = findBreaches(lock).filter(({ file }) => !(file in (lock.except ?? {})));
    expect(
      breaches.map(({ where }) => where),
      lock.reason,
    ).toEqual([]);
  });

  test('has no exception that is no longer needed', () => {
    const files = new Set(findBreaches(lock).map(({ file }) => file));
    expect(Object.keys(lock.except ?? {}).filter((file) => !files.has(file))).toEqual([]);
  });

  test('matches its example, and not the similar line', () => {
    expect(lock.caught).toMatch(lock.pattern);
    expect(lock.passes).not.toMatch(lock.pattern);
  });
});

function findBreaches({ pattern, folders, bindsTests }: Lock): { file: string; where: string }[] {
  const files = findSourceFiles(folders ?? ['packages', 'apps']).filter(
    (file) => bindsTests || !isTestFile(file),
  );
  return files
    .filter((file) => !file.startsWith('tests/locks/'))
    .flatMap((file) => {
      const source = readFileSync(join(root, file), 'utf8');
      const everywhere = new RegExp(pattern.source, `${pattern.flags}g`);
      return [...source.matchAll(everywhere)].map(({ index, 0: text }) => ({
        file,
        where: `${file}:${source.slice(0, index).split('\n').length}: ${text}`,
      }));
    });
}
