import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createInProcessAttemptLimiter } from './in-process-attempt-limiter.ts';

describe('createInProcessAttemptLimiter', () => {
  test('allows as many attempts as fit every window, and returns the seconds to wait', () => {
    const limits = createInProcessAttemptLimiter([
      { by: 'user', max: 2, seconds: 60 },
      { by: 'ipAddress', max: 3, seconds: 3600 },
    ]);
    const count = (user: string, now: number) => limits.count({ user, ipAddress: 'a' }, now);
    expect([count('u', 0), count('u', 10_000), count('u', 20_000)]).toEqual([0, 0, 40]);
    expect(count('v', 20_000)).toBe(0);
    expect(count('w', 20_000)).toBe(3580);
    expect(count('u', 3_600_000)).toBe(0);
  });

  test('counts an attempt that one window rejects in no other window', () => {
    const limits = createInProcessAttemptLimiter([
      { by: 'user', max: 1, seconds: 60 },
      { by: 'ipAddress', max: 2, seconds: 60 },
    ]);
    limits.count({ user: 'u', ipAddress: 'a' }, 0);
    for (let count = 0; count < 50; count += 1) limits.count({ user: 'u', ipAddress: 'a' }, 0);
    expect(limits.count({ user: 'v', ipAddress: 'a' }, 0)).toBe(0);
  });

  test('drops the least recently used value when there are too many, never the one in use', () => {
    const limits = createInProcessAttemptLimiter([{ by: 'code', max: 2, seconds: 60 }], 3);
    limits.count({ code: 'victim' }, 0);
    for (let other = 0; other < 2; other += 1) limits.count({ code: `other-${other}` }, 0);
    limits.count({ code: 'victim' }, 0);
    for (let other = 0; other < 2; other += 1) limits.count({ code: `more-${other}` }, 0);
    expect(limits.count({ code: 'victim' }, 0)).toBe(60);
    expect(limits.count({ code: 'other-0' }, 0)).toBe(0);
  });

  test('never allows more than the limit in any window, and never rejects fewer', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 9 }), (steps, max) => {
        const limits = createInProcessAttemptLimiter([{ by: 'x', max, seconds: 60 }]);
        const passed: number[] = [];
        let now = 1_000_000;
        for (const step of steps) {
          now += step;
          const recent = passed.filter((time) => time > now - 60_000);
          const wait = limits.count({ x: 'k' }, now);
          expect(wait === 0).toBe(recent.length < max);
          if (wait === 0) passed.push(now);
          else expect(limits.count({ x: 'k' }, now + wait * 1000 - 1000)).toBeGreaterThan(0);
        }
      }),
    );
  });
});
