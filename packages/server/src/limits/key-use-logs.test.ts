import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyTable } from '../keys/key-table.ts';
import { KeyUseLogs } from './key-use-logs.ts';
import { UseLog } from './use-log.ts';

const digestOf = (name: string) => name.repeat(16);

test('decides for each key as a log of its own would, whatever lies in the table and whatever elsewhere', () => {
  const steps = fc.array(
    fc.record({
      key: fc.constantFrom(0, 1),
      gap: fc.integer({ min: 0, max: 20_000_000 }).map((n) => {
        // Most within the minute, some of hours, and a few so long that the epoch of the table moves.
        if (n % 97 === 0) return n * 200;
        return n % 5 === 0 ? n : n % 20_000;
      }),
    }),
    { maxLength: 400 },
  );
  const limits = fc.record({
    perMinute: fc.integer({ min: 1, max: 40 }),
    perDay: fc.integer({ min: 1, max: 90 }),
  });
  fc.assert(
    fc.property(steps, limits, limits, (asked, first, second) => {
      const table = new KeyTable(4);
      const logs = new KeyUseLogs(table);
      const keys = ['a', 'b'].map((name) => ({ place: table.add(digestOf(name)), log: new UseLog() }));
      let now = 1_000_000;
      asked.forEach(({ key, gap }, index) => {
        now += gap;
        // An admin changes the limits half way through.
        const current = index < asked.length / 2 ? first : second;
        const { place, log } = keys[key] as (typeof keys)[number];
        expect(logs.remaining(place, now, current)).toEqual(log.remaining(now, current));
        expect(logs.use(place, now, current)).toEqual(log.use(now, current));
      });
    }),
  );
});

test('begins anew for the next key at a place', () => {
  const table = new KeyTable(1);
  const logs = new KeyUseLogs(table);
  const limits = { perMinute: 20, perDay: 20 };
  const place = table.add(digestOf('a'));
  for (let now = 0; now < 20; now += 1) logs.use(place, now, limits);
  expect(logs.use(place, 20, limits).allowed).toBe(false);
  logs.clear(table.leavingPlace);
  expect(logs.remaining(table.add(digestOf('b')), 21, limits).day.remaining).toBe(20);
});
