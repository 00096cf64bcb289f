import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JobFailure, Store } from '../index.ts';

const DAY_MS = 86_400_000;
const latest = { name: 'list#latest' };
const broken = (reason: string) => () => Promise.reject(new Error(reason));

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('jobs', () => {
  async function openSite(onJobFailure?: (failure: JobFailure) => void) {
    const failures: JobFailure[] = [];
    const store: Store = createSqliteStore({ path: ':memory:' });
    const site = await createTestSite({
      store,
      onJobFailure: onJobFailure ?? ((failure) => void failures.push(failure)),
    });
    return { ...site, store, failures };
  }

  test('onJobFailure: gets job and reason without a secret, and the next run succeeds', async () => {
    const it = await openSite();
    const { key } = await it.approve();
    await it.authorize(key, latest);
    const touch = vi.spyOn(it.store, 'recordKeysUsed').mockImplementation(broken(`disk full at ${key}`));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(it.failures).toEqual([{ job: 'last_used', reason: 'disk full at [redacted]' }]);
    touch.mockRestore();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(it.failures).toHaveLength(1);
    expect((await it.store.listKeys('id-alice'))[0]?.lastUsedAt).toBe(it.now());
  });

  test('onJobFailure: gets the names device_grants and daily', async () => {
    const it = await openSite();
    const sweep = vi.spyOn(it.store, 'deleteExpiredGrants').mockImplementationOnce(broken('locked'));
    await vi.advanceTimersByTimeAsync(5_000);
    sweep.mockRestore();
    vi.spyOn(it.store, 'deleteOldAuditEvents').mockImplementationOnce(broken('locked'));
    await vi.advanceTimersByTimeAsync(DAY_MS);
    expect(it.failures.map(({ job }) => job)).toEqual(['device_grants', 'daily']);
  });

  test('runDailyJobs: revokes stale keys also if the rest fails', async () => {
    const it = await openSite();
    await it.approve();
    it.advance(181 * DAY_MS);
    vi.spyOn(it.store, 'deleteExpiredKeys').mockImplementationOnce(broken('locked'));
    await expect(it.valetkey.runDailyJobs()).rejects.toThrow('locked');
    expect(await it.valetkey.keysOf('id-alice')).toEqual([]);
  });

  test('close: closes the store also if the last flush fails', async () => {
    const it = await openSite();
    const { key } = await it.approve();
    await it.authorize(key, latest);
    vi.spyOn(it.store, 'recordKeysUsed').mockImplementation(broken('disk full'));
    const close = vi.spyOn(it.store, 'close');
    await expect(it.valetkey.close()).rejects.toThrow('disk full');
    expect(close).toHaveBeenCalledOnce();
  });

  test('startJobs: continues if onJobFailure throws, and stops with the site', async () => {
    const onJobFailure = vi.fn(() => {
      throw new Error('callback failed');
    });
    const it = await openSite(onJobFailure);
    const sweep = vi.spyOn(it.store, 'deleteExpiredGrants').mockImplementation(broken('locked'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(onJobFailure).toHaveBeenCalledTimes(2);
    await it.valetkey.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sweep).toHaveBeenCalledTimes(2);
  });

  describe('with daily jobs that need long', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout'] }));

    /** Opens a site whose first batch of stale keys ends when the test says so. */
    async function openSlowSite() {
      const batch = Promise.withResolvers<Awaited<ReturnType<Store['revokeStaleKeys']>>>();
      const store: Store = createSqliteStore({ path: ':memory:' });
      vi.spyOn(store, 'revokeStaleKeys').mockReturnValueOnce(batch.promise);
      const failures: JobFailure[] = [];
      const onJobFailure = (failure: JobFailure) => void failures.push(failure);
      let isOpen = false;
      const opened = createTestSite({ store, onJobFailure }).finally(() => {
        isOpen = true;
      });
      await vi.advanceTimersByTimeAsync(4_999);
      expect(isOpen).toBe(false);
      return { opened, failures, fail: () => batch.reject(new Error('locked')) };
    }

    test('the start waits five seconds for them; a later failure is reported', async () => {
      const { opened, failures, fail } = await openSlowSite();
      await vi.advanceTimersByTimeAsync(1);
      const site = await opened;
      const { key } = await site.approve();
      expect((await site.authorize(key, latest)).kind).toBe('key');
      fail();
      await vi.advanceTimersByTimeAsync(0);
      expect(failures).toEqual([{ job: 'daily', reason: 'locked' }]);
    });

    test('a failure within five seconds rejects the start; one after close is not reported', async () => {
      const early = await openSlowSite();
      early.fail();
      await expect(early.opened).rejects.toThrow('locked');

      const late = await openSlowSite();
      await vi.advanceTimersByTimeAsync(1);
      await (await late.opened).valetkey.close();
      late.fail();
      await vi.advanceTimersByTimeAsync(0);
      expect(late.failures).toEqual([]);
    });
  });

  test('runDailyJobs: deletes a key that was revoked before the audit retention, and it is unknown from then on', async () => {
    const it = await openSite();
    const earlier = await it.approve();
    const later = await it.approve();
    const codeOf = async (key: string) => {
      const result = await it.authorize(key, latest);
      return result.kind === 'refused' && ((await (await result.response()).json()) as { code: string }).code;
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
