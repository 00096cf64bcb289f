import { attemptLimiterConformance, useLimiterConformance } from '@valetkey/conformance';
import { createInProcessUseLimiter } from '@valetkey/server';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { startValkey } from '@valetkey/test-support/start-valkey';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import { createValkeyAttemptLimiters, createValkeyUseLimiter, openValkey } from '../src/index.ts';

const server = await startValkey();
const clients = [new Redis(server.url), new Redis(server.url)] as const;
for (const client of clients) client.on('error', () => {});
afterAll(async () => {
  for (const client of clients) client.disconnect();
  await server.kill();
});
const [first, second] = clients;
const byCaller = { clock: 'caller' } as const;

describe('createValkeyUseLimiter', () => {
  const create = () => ({
    a: createValkeyUseLimiter({ client: first, ...byCaller }),
    b: createValkeyUseLimiter({ client: second, ...byCaller }),
  });
  for (const { name, run } of useLimiterConformance(create)) test(name, run);

  test('decides like the limiter in memory, whatever the limits are, while the clock runs forward', async () => {
    let rounds = 0;
    // After a step back, the limiter in memory may have dropped uses that the later time had made too old.
    const step = fc.record({
      ms: fc.oneof(fc.integer({ min: 0, max: 90_000 }), fc.constantFrom(86_400_000, 43_200_000)),
      perMinute: fc.integer({ min: 1, max: 4 }),
      perDay: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(Number.POSITIVE_INFINITY)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const shared = createValkeyUseLimiter({ client: first, ...byCaller });
        const local = createInProcessUseLimiter();
        rounds += 1;
        let now = Date.UTC(2026, 0, 1);
        for (const { ms, ...limits } of steps) {
          now += ms;
          const decision = await shared.use(`user_key:property-${rounds}`, now, limits);
          const expected = local.use('key', now, limits);
          // Without a daily limit, the uses of the day are not kept.
          const compared =
            limits.perDay < Number.POSITIVE_INFINITY ? expected : { allowed: expected.allowed };
          expect(decision).toMatchObject(compared);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('measures time by the clock of the server, whatever the clocks of the nodes say', async () => {
    const [a, b] = [createValkeyUseLimiter({ client: first }), createValkeyUseLimiter({ client: second })];
    const limits = { perMinute: 3, perDay: 99 };
    const decisions = [];
    for (const now of [0, Date.now(), 9e15, 60_000, -5])
      decisions.push((await (now > 1 ? a : b).use('user_key:clocks', now, limits)).allowed);
    expect(decisions).toEqual([true, true, true, false, false]);
  });

  test('keeps a key no longer than its window, and no key for a rejected use', async () => {
    const limiter = createValkeyUseLimiter({ client: first, prefix: 'site-a:' });
    for (const perDay of [9, Number.POSITIVE_INFINITY]) {
      const key = `user_key:${perDay}`;
      await limiter.use(key, 0, { perMinute: 1, perDay });
      await limiter.use(key, 0, { perMinute: 1, perDay });
      expect(await first.llen(`site-a:use:${key}`)).toBe(1);
      const expected = perDay === 9 ? 86_400_000 : 60_000;
      expect(await first.pttl(`site-a:use:${key}`)).toBeGreaterThan(expected - 10_000);
      expect(await first.pttl(`site-a:use:${key}`)).toBeLessThanOrEqual(expected);
    }
  });

  test('allows exactly 20 of 40 parallel uses on two nodes, in 50 rounds', async () => {
    const limiters = clients.map((client) => createValkeyUseLimiter({ client }));
    for (let round = 0; round < 50; round += 1) {
      const uses = Array.from({ length: 40 }, (_, index) =>
        limiters[index % 2]?.use(`user_key:round-${round}`, 0, { perMinute: 20, perDay: 2_880 }),
      );
      const decisions = await Promise.all(uses);
      expect(decisions.filter((decision) => decision?.allowed)).toHaveLength(20);
    }
  });
});

describe('createValkeyAttemptLimiters', () => {
  const create = () => ({
    a: createValkeyAttemptLimiters({ client: first, ...byCaller }),
    b: createValkeyAttemptLimiters({ client: second, ...byCaller }),
  });
  for (const { name, run } of attemptLimiterConformance(create)) test(name, run);
});

describe('openValkey', () => {
  const limits = { perMinute: 2, perDay: 9 };
  const unavailable = { name: 'ValetkeyError', code: 'limits_unavailable' };

  test('a killed server: rejects each use, and counts again when it is back, empty', async () => {
    const valkey = openValkey({ url: server.url });
    const use = () => valkey.useLimiter.use('user_key:killed', 0, limits);
    await expect.poll(() => Promise.resolve(use()).catch(() => null)).not.toBeNull();
    await server.kill();
    await expect(use()).rejects.toMatchObject(unavailable);
    const attempts = valkey.attemptLimiter('device-poll', [{ by: 'user', max: 1, seconds: 60 }]);
    await expect(attempts.count({ user: 'alice' }, 0)).rejects.toMatchObject(unavailable);
    await server.start();
    // The scripts are gone too.
    await expect.poll(() => Promise.resolve(use()).catch(() => null), { timeout: 10_000 }).not.toBeNull();
    expect(await use()).toMatchObject({ allowed: true });
    expect(await use()).toMatchObject({ allowed: false, window: 'minute' });
    await valkey.close();
  });

  test('a server that does not respond: rejects a use within a second', async () => {
    const valkey = openValkey({ url: server.url });
    const use = () => valkey.useLimiter.use('user_key:paused', 0, limits);
    await expect.poll(() => Promise.resolve(use()).catch(() => null)).not.toBeNull();
    server.pause();
    await expect(use()).rejects.toMatchObject(unavailable);
    server.resume();
    await expect.poll(() => Promise.resolve(use()).catch(() => null), { timeout: 10_000 }).not.toBeNull();
    await valkey.close();
  });

  test('whenUnavailable local: counts in this process while the server is down', async () => {
    const valkey = openValkey({ url: 'redis://127.0.0.1:1', whenUnavailable: 'local' });
    const decisions = [];
    for (let count = 0; count < 3; count += 1)
      decisions.push((await valkey.useLimiter.use('user_key:local', 0, limits)).allowed);
    expect(decisions).toEqual([true, true, false]);
    const attempts = valkey.attemptLimiter('device-poll', [{ by: 'user', max: 1, seconds: 60 }]);
    expect([await attempts.count({ user: 'alice' }, 0), await attempts.count({ user: 'alice' }, 0)]).toEqual([
      0, 60,
    ]);
    await valkey.close();
  });

  test('two sites with one server: limits are exact together, and refusals are 503 without it', async () => {
    const valkeys = [openValkey({ url: server.url }), openValkey({ url: server.url })];
    const ready = valkeys.map(({ useLimiter }) =>
      expect
        .poll(() => Promise.resolve(useLimiter.use('user_key:ready', 0, limits)).catch(() => null))
        .not.toBeNull(),
    );
    await Promise.all(ready);
    const a = await createTestSite({ ...valkeys[0] });
    const b = await createTestSite({ ...valkeys[1], store: a.store });
    const { key } = await a.approve();
    const latest = { name: 'list#latest' };
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 ? a : b).authorize(key, latest)),
    );
    expect(results.filter(({ kind }) => kind === 'key')).toHaveLength(20);
    await server.kill();
    const refused = await a.authorize(key, latest);
    const response = refused.kind === 'refused' ? await refused.response() : null;
    expect([response?.status, response?.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await response?.json()).toMatchObject({ code: 'limits_unavailable' });
    await server.start();
    for (const valkey of valkeys) await valkey.close();
  });

  test.each(['127.0.0.1:6379', 'http://127.0.0.1', 'redis'])('rejects the URL %s', (url) => {
    expect(() => openValkey({ url })).toThrow(TypeError);
  });
});
