import { describe, expect, test } from 'vitest';
import { createLease } from './lease.ts';

function createTestLease() {
  const clock = { monotonic: 1_000, wall: 5_000_000 };
  const lease = createLease(2_000, { monotonicNow: () => clock.monotonic, wallNow: () => clock.wall });
  const pass = (ms: number) => {
    clock.monotonic += ms;
    clock.wall += ms;
  };
  return { lease, clock, pass };
}

describe('createLease', () => {
  test('is not valid before it is renewed, and after it was ended', () => {
    const { lease } = createTestLease();
    expect(lease.isValid()).toBe(false);
    lease.renew(lease.now());
    expect(lease.isValid()).toBe(true);
    lease.end();
    expect(lease.isValid()).toBe(false);
  });

  test('ends two seconds after the query was sent, however late its answer came', () => {
    const { lease, pass } = createTestLease();
    const sentAt = lease.now();
    pass(1_500);
    lease.renew(sentAt);
    pass(499);
    expect(lease.isValid()).toBe(true);
    pass(1);
    expect(lease.isValid()).toBe(false);
    lease.renew(sentAt);
    expect(lease.isValid()).toBe(false);
  });

  test('ends if only one clock goes on, as in a suspended machine', () => {
    const { lease, clock } = createTestLease();
    for (const name of ['monotonic', 'wall'] as const) {
      lease.renew(lease.now());
      clock[name] += 2_000;
      expect(lease.isValid()).toBe(false);
    }
  });

  test('ageMs: grows from the time of the last renewal, or from the creation, valid or not', () => {
    const { lease, pass } = createTestLease();
    pass(700);
    expect(lease.ageMs()).toBe(700);
    const sentAt = lease.now();
    pass(300);
    lease.renew(sentAt);
    expect(lease.ageMs()).toBe(300);
    pass(5_000);
    lease.end();
    expect(lease.ageMs()).toBe(5_300);
  });

  test('is not extended by a clock that is set back', () => {
    const { lease, clock, pass } = createTestLease();
    lease.renew(lease.now());
    clock.wall -= 3_600_000;
    expect(lease.isValid()).toBe(true);
    pass(2_000);
    expect(lease.isValid()).toBe(false);
  });
});
