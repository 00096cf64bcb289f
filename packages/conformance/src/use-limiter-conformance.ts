import { deepEqual, equal } from 'node:assert/strict';
import type { MaybePromise, UseDecision, UseLimiter } from '@valetkey/server';
import type { ConformanceCase } from './store-conformance.ts';

/** Two limiters of one site, as on two nodes; the same object twice if the limiter works in one process only. */
export interface TwoUseLimiters {
  readonly a: UseLimiter;
  readonly b: UseLimiter;
  close?(): MaybePromise<void>;
}

type Check = (two: TwoUseLimiters, key: string) => Promise<void>;

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const limits = { perMinute: 3, perDay: 5 };
const nameOf = (decision: UseDecision): string =>
  decision.allowed ? 'allowed' : `${decision.window} ${decision.waitSeconds}`;

const cases: readonly (readonly [name: string, check: Check])[] = [
  [
    'use: allows exactly the limit of the minute, on both nodes together, and returns how long to wait',
    async ({ a, b }, key) => {
      const decisions: string[] = [];
      for (const [limiter, at] of [
        [a, 0],
        [b, 10_000],
        [a, 20_000],
        [b, 20_000],
        [a, MINUTE - 1],
        [b, MINUTE],
      ] as const)
        decisions.push(nameOf(await limiter.use(key, START + at, limits)));
      deepEqual(decisions, ['allowed', 'allowed', 'allowed', 'minute 40', 'minute 1', 'allowed']);
    },
  ],
  [
    'use: allows exactly the limit of concurrent uses',
    async ({ a, b }, key) => {
      const uses = Array.from({ length: 40 }, (_, index) => (index % 2 ? a : b).use(key, START, limits));
      const decisions = await Promise.all(uses);
      equal(decisions.filter(({ allowed }) => allowed).length, limits.perMinute);
    },
  ],
  [
    'use: has a window of 24 hours, which is reported first',
    async ({ a, b }, key) => {
      for (let use = 0; use < limits.perDay; use += 1)
        equal(nameOf(await a.use(key, START + use * MINUTE, limits)), 'allowed');
      equal(nameOf(await b.use(key, START + 5 * MINUTE, limits)), `day ${86_400 - 300}`);
      equal(nameOf(await b.use(key, START + DAY, limits)), 'allowed');
      equal(nameOf(await a.use(key, START + DAY, limits)), 'day 60');
    },
  ],
  [
    'use: returns the remaining uses, and when the oldest use leaves the window',
    async ({ a, b }, key) => {
      await a.use(key, START, limits);
      deepEqual(await b.use(key, START + 15_000, limits), {
        allowed: true,
        remaining: {
          minute: { remaining: 1, resetSeconds: 45 },
          day: { remaining: 3, resetSeconds: 86_385 },
        },
      });
    },
  ],
  [
    'use: does not count a rejected use',
    async ({ a, b }, key) => {
      for (let use = 0; use < 50; use += 1) await a.use(key, START, limits);
      equal(nameOf(await b.use(key, START + MINUTE, limits)), 'allowed');
    },
  ],
  [
    'use: counts each key separately',
    async ({ a, b }, key) => {
      for (let use = 0; use < 9; use += 1) await a.use(key, START, limits);
      equal(nameOf(await b.use(`${key}0`, START, limits)), 'allowed');
    },
  ],
  [
    'use: applies the limits of the call, also when they change',
    async ({ a, b }, key) => {
      for (let use = 0; use < 3; use += 1) await a.use(key, START, limits);
      equal(nameOf(await b.use(key, START, { perMinute: 4, perDay: 5 })), 'allowed');
      equal(nameOf(await b.use(key, START, { perMinute: 1, perDay: 9 })), 'minute 60');
    },
  ],
  [
    'use: has no daily limit if it is infinite',
    async ({ a, b }, key) => {
      const endless = { perMinute: 2, perDay: Number.POSITIVE_INFINITY };
      for (let use = 0; use < 100; use += 1)
        equal(nameOf(await (use % 2 ? a : b).use(key, START + use * 30_000, endless)), 'allowed');
    },
  ],
  [
    'use: blocks no key for longer than the window if the clock was set back or was fast',
    async ({ a, b }, key) => {
      for (let use = 0; use < 3; use += 1) await a.use(key, START + 365 * DAY, limits);
      equal(nameOf(await b.use(key, START, limits)), 'minute 60');
      equal(nameOf(await b.use(key, START + MINUTE, limits)), 'allowed');
      equal(nameOf(await a.use(key, START + DAY + MINUTE, limits)), 'allowed');
    },
  ],
];

let serial = 0;

/**
 * Returns every promise of the `UseLimiter` interface as a test case, for any test runner.
 *
 * @param create creates two limiters that share their counts; called once per case
 * @example
 * ```ts
 * const limiter = createInProcessUseLimiter();
 * for (const { name, run } of useLimiterConformance(() => ({ a: limiter, b: limiter }))) test(name, run);
 * ```
 */
export function useLimiterConformance(create: () => MaybePromise<TwoUseLimiters>): ConformanceCase[] {
  return cases.map(([name, check]) => ({
    name,
    async run() {
      const two = await create();
      serial += 1;
      try {
        await check(two, `user_key:conformance-${Date.now()}-${serial}`);
      } finally {
        await two.close?.();
      }
    },
  }));
}
