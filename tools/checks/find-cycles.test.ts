import { expect, test } from 'vitest';
import { findCycles } from './find-cycles.ts';

const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));

test('a graph that runs one way has no cycle, however its paths meet', () => {
  expect(findCycles(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([]);
});

test('a cycle is told as the path that closes it, without the way there', () => {
  expect(findCycles(graph({ start: ['a'], a: ['b'], b: ['c'], c: ['a'] }))).toEqual([['a', 'b', 'c']]);
});

test('two tangles are both told, and so is a file that imports itself', () => {
  expect(findCycles(graph({ a: ['b'], b: ['a'], c: ['c'] }))).toEqual([['a', 'b'], ['c']]);
});
