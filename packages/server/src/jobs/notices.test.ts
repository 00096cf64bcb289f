import { createMemoryStore } from '@valetkey/server/store/memory';
import { createRotationSite } from '@valetkey/test-support/site/rotation-site';
import { describe, expect, test, vi } from 'vitest';
import type { JobFailure, Notice } from '../index.ts';

const DAY_MS = 86_400_000;

async function openSite(options: Parameters<typeof createRotationSite>[0] = {}) {
  const notices: Notice[] = [];
  const failures: JobFailure[] = [];
  const site = await createRotationSite({
    onNotice: (notice) => void notices.push(notice),
    onJobFailure: (failure) => void failures.push(failure),
    ...options,
  });
  /** The notices since the last call. */
  const take = async () => {
    await vi.waitFor(() => {});
    return notices.splice(0);
  };
  return { ...site, take, failures };
}

describe('onNotice', () => {
  test('gets new keys of each kind, with the IP address of the session and without a secret', async () => {
    const site = await openSite();
    const about = { userId: 'id-alice', at: site.now(), ipAddress: '192.0.2.1', kind: 'key_created' };
    expect(await site.take()).toEqual([{ ...about, keyKind: 'personal', applicationName: 'Backup script' }]);
    const { key } = await site.approve();
    await site.post('/calendar-subscriptions.json', { feed: 'bookmarks' }, 'alice');
    const created = await site.take();
    expect(created[0]).toEqual({ ...about, keyKind: 'app', applicationName: 'Plum Reader' });
    expect(JSON.stringify(created)).not.toContain(key);
  });

  test('gets revocations by an admin and by the site, and none by the user', async () => {
    const site = await openSite();
    await site.approve();
    await site.approve({ client_id: 'stale' });
    await site.take();
    await site.revoke(site.old.id);
    expect(await site.take()).toEqual([]);
    await site.post('/admin/user-api-key-list/revoke.json', { ids: '2' }, 'admin');
    const about = { userId: 'id-alice', applicationName: 'Plum Reader', kind: 'key_revoked' };
    expect(await site.take()).toEqual([{ ...about, at: site.now(), reason: 'revoked_by_admin' }]);
    site.advance(200 * DAY_MS);
    await site.valetkey.runDailyJobs();
    expect(await site.take()).toEqual([{ ...about, at: site.now(), reason: 'unused' }]);
  });

  test('gets nothing about a change that failed', async () => {
    const store = createMemoryStore();
    const site = await openSite({ store });
    await site.take();
    vi.spyOn(store, 'replaceKey').mockImplementation(async (key, audit) => {
      audit?.({ ...key, id: 9 } as never);
      throw new Error('The disk is full.');
    });
    await expect(site.approve()).rejects.toThrow();
    expect(await site.take()).toEqual([]);
  });

  test('an error of it is reported, and the change is kept', async () => {
    const site = await openSite({
      onNotice: () => {
        throw new Error('no mail server');
      },
    });
    expect(await site.verifyKey(site.old.key)).toBe('key');
    await vi.waitFor(() => expect(site.failures).toEqual([{ job: 'notice', reason: 'no mail server' }]));
  });
});

describe('runDailyJobs', () => {
  test('reminds of a personal key 7 days and 1 day before it expires, once on all nodes, and again after a renewal', async () => {
    const store = createMemoryStore();
    const [one, two] = [await openSite({ store }), await openSite({ store, onNotice: () => {} })];
    await one.take();
    const daysLeft: number[] = [];
    for (let day = 0; day < 30; day += 1) {
      one.advance(DAY_MS);
      await Promise.all([one.valetkey.runDailyJobs(), one.valetkey.runDailyJobs()]);
      for (const notice of await one.take()) {
        if (notice.kind === 'key_expires' && notice.keyId === one.old.id) daysLeft.push(notice.daysLeft);
      }
      if (day === 22) {
        const values = { id: String(one.old.id), expires_in_seconds: String(8 * 86_400) };
        expect((await one.post('/user-api-key/renew.json', values, 'alice')).status).toBe(200);
      }
    }
    expect(daysLeft).toEqual([7, 7, 1]);
    await two.valetkey.close();
  });
});
