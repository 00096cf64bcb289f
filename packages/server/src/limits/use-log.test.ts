import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UseLog } from './use-log.ts';

const limits = { perMinute: 3, perDay: 5 };

describe('UseLog', () => {
  test('lets through the limit of a minute, and again exactly sixty seconds after', () => {
    const log = new UseLog();
    for (const now of [0, 10_000, 20_000]) expect(log.use(now, limits)).toEqual({ allowed: true });
    expect(log.use(20_001, limits)).toEqual({ allowed: false, window: 'minute', waitSeconds: 40 });
    expect(log.use(59_999, limits)).toMatchObject({ allowed: false, waitSeconds: 1 });
    expect(log.use(60_000, limits)).toEqual({ allowed: true });
  });

  test('names the day when the day is full, and how long to wait', () => {
    const log = new UseLog();
    for (const now of [0, 100_000, 200_000, 300_000, 400_000]) log.use(now, limits);
    expect(log.use(500_000, limits)).toEqual({ allowed: false, window: 'day', waitSeconds: 85_900 });
    expect(log.use(86_400_000, limits)).toEqual({ allowed: true });
  });

  test('says what is left and when the next place comes free', () => {
    const log = new UseLog();
    expect(log.remaining(0, limits).minute).toEqual({ remaining: 3, resetSeconds: 60 });
    log.use(0, limits);
    expect(log.remaining(15_000, limits)).toEqual({
      minute: { remaining: 2, resetSeconds: 45 },
      day: { remaining: 4, resetSeconds: 86_385 },
    });
  });

  test('holds a lowered limit at once', () => {
    const log = new UseLog();
    for (let now = 0; now < 3; now += 1) log.use(now, limits);
    expect(log.use(3, { perMinute: 2, perDay: 5 })).toMatchObject({
      allowed: false,
      window: 'minute',
      waitSeconds: 60,
    });
    expect(log.remaining(3, { perMinute: 2, perDay: 2 }).minute.remaining).toBe(0);
  });

  test('never lets more than the limit into any window, nor holds back what would fit', () => {
    const steps = fc.array(
      fc.integer({ min: 0, max: 40_000_000 }).map((n) => (n % 3 === 0 ? n : n % 30_000)),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 90 }),
        (gaps, perMinute, perDay) => {
          const log = new UseLog();
          const allowed: number[] = [];
          let now = 1_000_000;
          for (const gap of gaps) {
            now += gap;
            const inLast = (ms: number) => allowed.filter((time) => time > now - ms).length;
            const hasRoom = inLast(60_000) < perMinute && inLast(86_400_000) < perDay;
            expect(log.use(now, { perMinute, perDay }).allowed).toBe(hasRoom);
            if (hasRoom) allowed.push(now);
          }
        },
      ),
    );
  });
});
