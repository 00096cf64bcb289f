import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LimitDecision, RemainingUses, UseLimits } from '../core/limits/sliding-windows.ts';
import { KeyTable } from './key-table.ts';
import { KeyUseLogs } from './key-use-logs.ts';

const digestOf = (name: string) => name.repeat(16);

/** What is promised of a log, without a thought for its speed: every use that went through, all looked at each time. */
function createPlainLog() {
  const passed: number[] = [];
  const within = (seconds: number, now: number) => passed.filter((time) => time > now - seconds * 1000);
  const secondsUntilFree = (time: number, seconds: number, now: number) =>
    Math.ceil((time - now) / 1000) + seconds;
  const windowsOf = ({ perMinute, perDay }: UseLimits) =>
    [
      { window: 'day', seconds: 86_400, max: perDay },
      { window: 'minute', seconds: 60, max: perMinute },
    ] as const;

  return {
    use(now: number, limits: UseLimits): LimitDecision {
      for (const { window, seconds, max } of windowsOf(limits)) {
        const filling = within(seconds, now).at(-max);
        if (filling !== undefined) {
          return { allowed: false, window, waitSeconds: secondsUntilFree(filling, seconds, now) };
        }
      }
      passed.push(now);
      return { allowed: true };
    },
    remaining(now: number, limits: UseLimits): RemainingUses {
      const [day, minute] = windowsOf(limits).map(({ seconds, max }) => {
        const [oldest, ...others] = within(seconds, now);
        if (oldest === undefined) return { remaining: max, resetSeconds: seconds };
        const remaining = Math.max(0, max - 1 - others.length);
        return { remaining, resetSeconds: secondsUntilFree(oldest, seconds, now) };
      });
      return { minute, day } as RemainingUses;
    },
  };
}

/** The log of one key alone. */
function createLog() {
  const table = new KeyTable(1);
  const logs = new KeyUseLogs(table);
  const place = table.add(digestOf('a'));
  return {
    use: (now: number, limits: UseLimits) => logs.use(place, now, limits),
    remaining: (now: number, limits: UseLimits) => logs.remaining(place, now, limits),
  };
}

const few = { perMinute: 3, perDay: 5 };

test('lets through the limit of a minute, and again exactly sixty seconds after', () => {
  const log = createLog();
  for (const now of [0, 10_000, 20_000]) expect(log.use(now, few)).toEqual({ allowed: true });
  expect(log.use(20_001, few)).toEqual({ allowed: false, window: 'minute', waitSeconds: 40 });
  expect(log.use(59_999, few)).toMatchObject({ allowed: false, waitSeconds: 1 });
  expect(log.use(60_000, few)).toEqual({ allowed: true });
});

test('names the day when the day is full, and how long to wait', () => {
  const log = createLog();
  for (const now of [0, 100_000, 200_000, 300_000, 400_000]) log.use(now, few);
  expect(log.use(500_000, few)).toEqual({ allowed: false, window: 'day', waitSeconds: 85_900 });
  expect(log.use(86_400_000, few)).toEqual({ allowed: true });
});

test('says what is left and when the next place comes free', () => {
  const log = createLog();
  expect(log.remaining(0, few).minute).toEqual({ remaining: 3, resetSeconds: 60 });
  log.use(0, few);
  expect(log.remaining(15_000, few)).toEqual({
    minute: { remaining: 2, resetSeconds: 45 },
    day: { remaining: 4, resetSeconds: 86_385 },
  });
});

test('holds a lowered limit at once', () => {
  const log = createLog();
  for (let now = 0; now < 3; now += 1) log.use(now, few);
  const lowered = { allowed: false, window: 'minute', waitSeconds: 60 };
  expect(log.use(3, { perMinute: 2, perDay: 5 })).toMatchObject(lowered);
  expect(log.remaining(3, { perMinute: 2, perDay: 2 }).minute.remaining).toBe(0);
});

test('decides for each key as a plain log of its own would, whatever lies in the table and whatever elsewhere', () => {
  const steps = fc.array(
    fc.record({
      key: fc.constantFrom(0, 1),
      // Most within the minute, some of hours, a few so long that the epoch of the table moves, and the edges of the windows.
      gap: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
        fc.integer({ min: 0, max: 20_000_000 }),
        { weight: 2, arbitrary: fc.constantFrom(0, 1, 10_000, 20_000, 59_999, 60_000, 86_400_000) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 40_000_000 }).map((n) => n * 100) },
      ),
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
      const keys = ['a', 'b'].map((name) => ({ place: table.add(digestOf(name)), log: createPlainLog() }));
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

test('a clock that leaps ahead and back keeps nobody out for longer than a window', () => {
  const log = createLog();
  const limits = { perMinute: 20, perDay: 2_880 };
  const start = Date.UTC(2026, 0, 1);
  for (let count = 0; count < 20; count += 1) log.use(start, limits);
  expect(log.use(start + 60 * 86_400_000, limits).allowed).toBe(true);
  expect(log.use(start + 1_000, limits).allowed).toBe(false);
  expect(log.use(start + 61_000, limits).allowed).toBe(true);
});

test('begins anew for the next key at a place, however much of the last one lay elsewhere', () => {
  const table = new KeyTable(1);
  const logs = new KeyUseLogs(table);
  const limits = { perMinute: 60, perDay: 60 };
  const place = table.add(digestOf('a'));
  for (let now = 0; now < 60; now += 1) logs.use(place, now, limits);
  expect(logs.use(place, 60, limits).allowed).toBe(false);
  logs.clear(table.leavingPlace);
  const next = table.add(digestOf('b'));
  for (let now = 61; now < 121; now += 1) expect(logs.use(next, now, limits).allowed).toBe(true);
  expect(logs.remaining(next, 121, limits).day.remaining).toBe(0);
});
