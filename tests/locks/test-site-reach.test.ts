import { expect, test } from 'vitest';
import { findReachable, readImportGraph } from '../../tools/checks/import-graph.ts';

test('the test site: not reachable from the forum that npm start runs, nor from its published entry point', () => {
  const { edges } = readImportGraph();
  const reached = findReachable(edges, ['apps/forum/src/main.ts', 'apps/forum/src/index.ts']);
  expect(reached.size).toBeGreaterThan(20);
  expect([...reached].filter((file) => file.includes('/testing/'))).toEqual([]);
});
