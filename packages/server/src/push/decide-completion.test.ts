import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideCompletion } from './decide-completion.ts';
import { decideOutcome } from './push-outcome.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const HOUR = 3_600_000;
const claim = { createdAt: NOW, targetFailures: 0 };
const failed = (retryAfterMs: number | null = null) =>
  ({ kind: 'failed', problem: 'status', status: 503, isPermanent: false, retryAfterMs }) as const;

test.each([
  [200, 'delivered'],
  [204, 'delivered'],
  [500, 'again'],
  [503, 'again'],
  [408, 'again'],
  [425, 'again'],
  [429, 'again'],
  [301, 'never'],
  [302, 'never'],
  [307, 'never'],
  [400, 'never'],
  [404, 'never'],
  [410, 'never'],
  [413, 'never'],
])('decideOutcome: status %i means %s', (status, meaning) => {
  const outcome = decideOutcome(status, null, NOW);
  expect(outcome.kind === 'failed' ? (outcome.isPermanent ? 'never' : 'again') : outcome.kind).toBe(meaning);
});

test.each<[string | null, number | null]>([
  ['120', 120_000],
  [' 0 ', 0],
  ['Mon, 23 Nov 2026 12:01:00 GMT', 60_000],
  ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
  [null, null],
  ['', null],
  ['-5', null],
  ['1e9', null],
  ['99999999999999999999', null],
  ['2', 2_000],
  ['tomorrow', null],
])('decideOutcome: parses Retry-After “%s” as %s ms', (text, ms) => {
  expect(decideOutcome(503, text, NOW)).toMatchObject({ retryAfterMs: ms });
});

test('decideCompletion: doubles the delay after each consecutive failure, up to an hour, with jitter', () => {
  const waits = [0, 1, 2, 9, 10, 500].map((targetFailures) => {
    const at = (jitter: number) =>
      decideCompletion({ ...claim, targetFailures }, failed(), NOW, jitter).notBefore - NOW;
    return [at(0), at(0.5)];
  });
  const seconds = [5, 10, 20, 2_560, 3_600, 3_600];
  expect(waits).toEqual(seconds.map((s) => [s * 1000, s * 1250]));
});

test('decideCompletion: honours a longer Retry-After, up to an hour', () => {
  const wait = (ms: number) => decideCompletion(claim, failed(ms), NOW, 0).notBefore - NOW;
  expect([0, 1_000, 60_000, 99 * HOUR].map(wait)).toEqual([5_000, 5_000, 60_000, HOUR]);
});

test('decideCompletion: drops a push after a day', () => {
  const after = (age: number) =>
    decideCompletion({ createdAt: NOW - age, targetFailures: 20 }, failed(), NOW, 0).isDone;
  expect([after(22 * HOUR), after(23 * HOUR), after(23 * HOUR + 1), after(99 * HOUR)]).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test('decideCompletion: always ends: every outcome is done, or retried later and never in the past', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.nat(2 ** 40),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, ask, jitter) => {
        const { notBefore, targetFailures } = decideCompletion(
          { ...claim, targetFailures: failures },
          failed(ask),
          NOW,
          jitter,
        );
        expect(Number.isSafeInteger(notBefore)).toBe(true);
        expect(notBefore).toBeGreaterThan(NOW);
        expect(notBefore).toBeLessThanOrEqual(NOW + 1.5 * HOUR);
        expect(targetFailures).toBe(failures + 1);
      },
    ),
  );
});

test('decideCompletion: resets the failures of a push URL after a delivery', () => {
  const settled = decideCompletion({ ...claim, targetFailures: 9 }, { kind: 'delivered' }, NOW, 0);
  expect(settled).toEqual({ isDone: true, targetFailures: 0, notBefore: 0 });
});
