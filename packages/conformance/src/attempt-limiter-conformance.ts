import { deepEqual, equal } from 'node:assert/strict';
import type { AttemptLimiter, CreateAttemptLimiter, MaybePromise } from '@valetkey/server';
import type { ConformanceCase } from './store-conformance.ts';

/** Creates the limiters of two nodes of one site. Limiters of the same name share their counts. */
export interface TwoAttemptLimiters {
  readonly a: CreateAttemptLimiter;
  readonly b: CreateAttemptLimiter;
  close?(): MaybePromise<void>;
}

type By = 'user' | 'ipAddress';
type Check = (a: AttemptLimiter<By>, b: AttemptLimiter<By>) => Promise<void>;

const START = Date.UTC(2026, 0, 1);
const WINDOWS = [
  { by: 'user', max: 2, seconds: 60 },
  { by: 'ipAddress', max: 3, seconds: 3_600 },
  { by: 'ipAddress', max: 4, seconds: 86_400 },
] as const;

const cases: readonly (readonly [name: string, check: Check])[] = [
  [
    'count: allows as many attempts as fit every window, on both nodes together, and returns how long to wait',
    async (a, b) => {
      const count = (limiter: AttemptLimiter<By>, user: string, at: number) =>
        limiter.count({ user, ipAddress: 'i' }, START + at);
      const waits = [await count(a, 'u', 0), await count(b, 'u', 10_000), await count(a, 'u', 20_000)];
      deepEqual(waits, [0, 0, 40]);
      equal(await count(b, 'v', 20_000), 0);
      equal(await count(a, 'w', 20_000), 3_580);
      equal(await count(b, 'u', 3_600_000), 0);
      equal(await count(a, 'x', 7_300_000), 79_100);
    },
  ],
  [
    'count: allows exactly the limit of concurrent attempts',
    async (a, b) => {
      const attempts = Array.from({ length: 40 }, (_, index) =>
        (index % 2 ? a : b).count({ user: 'u' }, START),
      );
      equal((await Promise.all(attempts)).filter((wait) => wait === 0).length, 2);
    },
  ],
  [
    'count: counts an attempt that one window rejects in no window',
    async (a, b) => {
      for (let attempt = 0; attempt < 50; attempt += 1) await a.count({ user: 'u', ipAddress: 'i' }, START);
      equal(await b.count({ user: 'v', ipAddress: 'i' }, START), 0);
    },
  ],
  [
    'count: blocks no value for longer than the window if the clock was set back or was fast',
    async (a, b) => {
      const ahead = START + 365 * 86_400_000;
      equal(await a.count({ user: 'u' }, ahead), 0);
      equal(await a.count({ user: 'u' }, ahead), 0);
      equal(await b.count({ user: 'u' }, START), 60);
      equal(await b.count({ user: 'u' }, START + 60_000), 0);
    },
  ],
];

let serial = 0;

/**
 * Returns every promise of the `AttemptLimiter` interface as a test case, for any test runner.
 *
 * @param create returns how two nodes create their limiters; called once per case
 */
export function attemptLimiterConformance(create: () => MaybePromise<TwoAttemptLimiters>): ConformanceCase[] {
  return cases.map(([name, check]) => ({
    name,
    async run() {
      const two = await create();
      serial += 1;
      const limiterName = `conformance-${Date.now()}-${serial}`;
      try {
        await check(two.a<By>(limiterName, WINDOWS), two.b<By>(limiterName, WINDOWS));
      } finally {
        await two.close?.();
      }
    },
  }));
}
