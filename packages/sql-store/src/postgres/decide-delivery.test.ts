import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideDelivery } from './decide-delivery.ts';

const row = (number: number) => ({ number, kind: 'key', id: `k${number}` });

describe('decideDelivery', () => {
  test('delivers what follows the cursor, in order', () => {
    expect(decideDelivery(5, 5, [])).toEqual({ kind: 'changes', changes: [] });
    expect(decideDelivery(5, 7, [row(6), row(7)])).toEqual({
      kind: 'changes',
      changes: [
        { kind: 'key', id: 'k6' },
        { kind: 'key', id: 'k7' },
      ],
    });
  });

  test.each([
    ['a new connection', null, 7, []],
    ['a change that is missing', 5, 7, [row(7)]],
    ['changes that were deleted', 5, 20_000, [row(10_001)]],
    ['a counter that was set back, as by a failover', 9, 7, []],
    ['rows that are not in the order of their numbers', 5, 7, [row(7), row(6)]],
  ] as const)('finds a gap: %s', (_name, cursor, counter, rows) => {
    expect(decideDelivery(cursor, counter, rows)).toEqual({ kind: 'gap' });
  });

  test('never skips a change: the result covers each number after the cursor, or is a gap', () => {
    const rows = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 9 });
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), rows, (cursor, counter, numbers) => {
        const delivery = decideDelivery(cursor, counter, numbers.map(row));
        if (delivery.kind === 'gap') return;
        const covered = delivery.changes.map(({ id }) => id);
        const missing = Array.from({ length: counter - cursor }, (_, index) => `k${cursor + 1 + index}`);
        expect(covered).toEqual(missing);
      }),
    );
  });
});
