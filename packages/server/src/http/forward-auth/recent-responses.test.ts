import { expect, test } from 'vitest';
import { createRecentResponses } from './recent-responses.ts';

const createCounter = (now: () => number) => {
  let decisions = 0;
  const recent = createRecentResponses(now);
  return (id: string): number => {
    recent.getOr(id, () => {
      decisions += 1;
      return { status: 204, headers: {}, body: '' };
    });
    return decisions;
  };
};

test('getOr: decides once for an id within five seconds, and again after them', () => {
  let now = 1_000;
  const ask = createCounter(() => now);
  expect(ask('a')).toBe(1);
  now += 4_999;
  expect(ask('b')).toBe(2);
  expect(ask('a')).toBe(2);
  now += 1;
  expect(ask('a')).toBe(3);
  expect(ask('b')).toBe(3);
  now += 4_999;
  expect(ask('b')).toBe(4);
  expect(ask('a')).toBe(4);
});

test('getOr: remembers the last 5,000 ids, and never more than 10,000', () => {
  const ask = createCounter(() => 0);
  for (let id = 1; id <= 10_001; id += 1) expect(ask(String(id))).toBe(id);
  for (let id = 5_002; id <= 10_001; id += 1) expect(ask(String(id))).toBe(10_001);
  expect(ask('1')).toBe(10_002);
});

test('getOr: remembers nothing if the decision throws', () => {
  const recent = createRecentResponses(() => 0);
  const fail = () => {
    throw new Error('no store');
  };
  expect(() => recent.getOr('a', fail)).toThrow('no store');
  expect(recent.getOr('a', () => ({ status: 204, headers: {}, body: '' }))).toMatchObject({ status: 204 });
});
