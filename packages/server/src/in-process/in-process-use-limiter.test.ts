import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createInProcessUseLimiter } from './in-process-use-limiter.ts';
import { UseLog } from './use-log.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const limits = { perMinute: 20, perDay: 2_880 };

describe('createInProcessUseLimiter', () => {
  test('use: allows exactly what a list of all uses would, with the same waiting time and remaining uses', () => {
    const gap = fc.oneof(fc.integer({ min: 0, max: 40_000 }), fc.constantFrom(0, 1, MINUTE, DAY - 1, DAY));
    const steps = fc.array(
      fc.record({ gap, perMinute: fc.integer({ min: 1, max: 4 }), perDay: fc.integer({ min: 1, max: 9 }) }),
      {
        maxLength: 120,
      },
    );
    fc.assert(
      fc.property(steps, (uses) => {
        const limiter = createInProcessUseLimiter();
        const times: number[] = [];
        let now = 5_000;
        for (const { gap, perMinute, perDay } of uses) {
          now += gap;
          const within = (ms: number) => times.filter((time) => time > now - ms);
          const [minute, day] = [within(MINUTE), within(DAY)];
          const decision = limiter.use('k', now, { perMinute, perDay });
          expect(decision.allowed).toBe(minute.length < perMinute && day.length < perDay);
          if (decision.allowed) {
            times.push(now);
            expect(decision.remaining).toEqual({
              minute: {
                remaining: perMinute - minute.length - 1,
                resetSeconds: Math.ceil(((minute[0] ?? now) + MINUTE - now) / 1000),
              },
              day: {
                remaining: perDay - day.length - 1,
                resetSeconds: Math.ceil(((day[0] ?? now) + DAY - now) / 1000),
              },
            });
          } else {
            const opens = now + decision.waitSeconds * 1000;
            const isOpenAt = (at: number) =>
              times.filter((time) => time > at - MINUTE).length < perMinute &&
              times.filter((time) => time > at - DAY).length < perDay;
            const [windowMs, limit] = decision.window === 'day' ? [DAY, perDay] : [MINUTE, perMinute];
            expect(times.filter((time) => time > opens - windowMs).length).toBeLessThan(limit);
            expect(isOpenAt(opens - 1000)).toBe(false);
          }
        }
      }),
    );
  });

  test('use: frees the memory of keys that are no longer used', () => {
    const limiter = createInProcessUseLimiter();
    for (let key = 0; key < 4_000; key += 1) limiter.use(`idle-${key}`, key, limits);
    expect(limiter.size).toBe(4_000);
    let now = DAY + 4_000;
    for (let second = 0; second < 3_700; second += 1) {
      now += 1_000;
      limiter.use('busy', now, limits);
    }
    expect(limiter.size).toBe(1);
  });

  test('use: keeps the counts of idle keys until their windows have ended', () => {
    const limiter = createInProcessUseLimiter();
    for (let use = 0; use < 5; use += 1) limiter.use('k', 0, { perMinute: 9, perDay: 5 });
    for (let now = 0; now < DAY; now += MINUTE) limiter.use('busy', now, limits);
    expect(limiter.use('k', DAY - 1, { perMinute: 9, perDay: 5 }).allowed).toBe(false);
    expect(limiter.use('k', DAY, { perMinute: 9, perDay: 5 }).allowed).toBe(true);
  });

  test('use: keeps the counts of at most maxKeys, those of recently used keys', () => {
    const limiter = createInProcessUseLimiter({ maxKeys: 10 });
    const one = { perMinute: 1, perDay: 1 };
    limiter.use('busy', 0, one);
    for (let key = 0; key < 1_000; key += 1) {
      limiter.use(`other-${key}`, 0, one);
      expect(limiter.use('busy', 0, one).allowed).toBe(false);
    }
    expect(limiter.size).toBe(10);
  });

  test('use: keeps no more timestamps than the daily limit', () => {
    const limiter = createInProcessUseLimiter();
    let allowed = 0;
    for (let use = 0; use < 10 * limits.perDay; use += 1)
      if (limiter.use('k', use * 3_000, limits).allowed) allowed += 1;
    expect(allowed).toBe(limits.perDay);
  });

  test('use: keeps timestamps for a minute only if there is no daily limit', () => {
    const log = new UseLog();
    log.use(0, { perMinute: 2, perDay: Number.POSITIVE_INFINITY });
    expect(log.dropExpired(MINUTE - 1, MINUTE)).toBe(false);
    expect(log.dropExpired(MINUTE, MINUTE)).toBe(true);
  });
});
