import { createTestSite } from '@valetkey/test-support/site/test-site';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JobFailure, Store } from '../index.ts';
import { createSqliteStore } from '../stores/sqlite/sqlite-store.ts';

const DAY_MS = 86_400_000;
const latest = { name: 'list#latest' };
const broken = (reason: string) => () => Promise.reject(new Error(reason));

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('the jobs', () => {
  async function openSite(onJobFailure?: (failure: JobFailure) => void) {
    const failures: JobFailure[] = [];
    const store: Store = createSqliteStore({ path: ':memory:' });
    const site = await createTestSite({
      store,
      onJobFailure: onJobFailure ?? ((failure) => void failures.push(failure)),
    });
    return { ...site, store, failures };
  }

  test('tell whoever runs the site what could not be done and why, without a secret, and do it the next time', async () => {
    const it = await openSite();
    const { key } = await it.approve();
    await it.guard(key, latest);
    const touch = vi.spyOn(it.store, 'recordKeysUsed').mockImplementation(broken(`disk full at ${key}`));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(it.failures).toEqual([{ job: 'last_used', reason: 'disk full at [redacted]' }]);
    touch.mockRestore();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(it.failures).toHaveLength(1);
    expect((await it.store.listKeys('id-alice'))[0]?.lastUsedAt).toBe(it.now());
  });

  test('name the sweep of device requests, and the daily job', async () => {
    const it = await openSite();
    const sweep = vi.spyOn(it.store, 'deleteExpiredGrants').mockImplementationOnce(broken('locked'));
    await vi.advanceTimersByTimeAsync(5_000);
    sweep.mockRestore();
    vi.spyOn(it.store, 'deleteOldAuditEvents').mockImplementationOnce(broken('locked'));
    await vi.advanceTimersByTimeAsync(DAY_MS);
    expect(it.failures.map(({ job }) => job)).toEqual(['device_grants', 'daily']);
  });

  test('revoke what is stale also where the rest of the daily job fails', async () => {
    const it = await openSite();
    await it.approve();
    it.advance(181 * DAY_MS);
    vi.spyOn(it.store, 'deleteExpiredKeys').mockImplementationOnce(broken('locked'));
    await expect(it.valetkey.runDailyJobs()).rejects.toThrow('locked');
    expect(await it.valetkey.keysOf('id-alice')).toEqual([]);
  });

  test('leave the store closed where the last flush fails', async () => {
    const it = await openSite();
    const { key } = await it.approve();
    await it.guard(key, latest);
    vi.spyOn(it.store, 'recordKeysUsed').mockImplementation(broken('disk full'));
    const close = vi.spyOn(it.store, 'close');
    await expect(it.valetkey.close()).rejects.toThrow('disk full');
    expect(close).toHaveBeenCalledOnce();
  });

  test('go on where whoever is told throws, and end with the site', async () => {
    const told = vi.fn(() => {
      throw new Error('nobody listens');
    });
    const it = await openSite(told);
    const sweep = vi.spyOn(it.store, 'deleteExpiredGrants').mockImplementation(broken('locked'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toHaveBeenCalledTimes(2);
    await it.valetkey.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sweep).toHaveBeenCalledTimes(2);
  });

  test('forget a key that is dead for longer than the audit is kept, and it is unknown from then on', async () => {
    const it = await openSite();
    const earlier = await it.approve();
    const later = await it.approve();
    const codeOf = async (key: string) => {
      const guarded = await it.guard(key, latest);
      return guarded.kind === 'refused' && ((await guarded.response.json()) as { code: string }).code;
    };
    await it.valetkey.settings.set('revoke_user_api_keys_unused_days', 0);
    for (const days of [7, 365]) {
      await it.valetkey.settings.set('audit_retention_days', days);
      it.advance(30 * DAY_MS);
      await it.valetkey.runDailyJobs();
      expect(await codeOf(earlier.key)).toBe('key_revoked');
    }
    await it.valetkey.settings.set('audit_retention_days', 7);
    await it.valetkey.runDailyJobs();
    expect((await it.store.listKeys('id-alice')).map(({ createdAt }) => createdAt)).toHaveLength(1);
    expect(await codeOf(later.key)).toBe(false);
  });
});
