import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test, vi } from 'vitest';
import { createInProcessChangeFeed } from '../in-process/in-process-change-feed.ts';
import { createInProcessUseLimiter } from '../in-process/in-process-use-limiter.ts';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';
import type { ChangeFeed } from '../ports/change-feed.ts';

const latest = { name: 'list#latest' };
const DAY_MS = 86_400_000;

/** Two nodes of one site, with one store and these parts. */
async function createNodes(parts: { changeFeed?: ChangeFeed; maxAgeMs?: number } = {}) {
  const shared = { store: createMemoryStore(), useLimiter: createInProcessUseLimiter(), ...parts };
  return [await createTestSite(shared), await createTestSite(shared)] as const;
}

const codeOf = async (site: Awaited<ReturnType<typeof createTestSite>>, key: string) => {
  const result = await site.authorize(key, latest);
  return result.kind === 'refused' ? result.refusal.code : result.kind;
};

describe('verify: two nodes with one change feed', () => {
  test('revoke: a key revoked on one node is rejected by the other; settings and limits are shared', async () => {
    const [a, b] = await createNodes({ changeFeed: createInProcessChangeFeed() });
    const { key } = await a.approve();
    expect([await codeOf(a, key), await codeOf(b, key)]).toEqual(['key', 'key']);
    await a.valetkey.settings.set('max_user_api_reqs_per_minute', 3);
    await vi.waitFor(() => expect(b.valetkey.settings.current().max_user_api_reqs_per_minute).toBe(3));
    expect([await codeOf(b, key), await codeOf(a, key), await codeOf(b, key)]).toEqual([
      'key',
      'rate_limited',
      'rate_limited',
    ]);
    await a.send('/user-api-key/revoke', { method: 'POST', headers: { 'User-Api-Key': key } });
    expect(await codeOf(b, key)).toBe('key_revoked');
  });

  test('onGap: all keys and the settings are loaded again', async () => {
    const subscribers: Parameters<ChangeFeed['subscribe']>[] = [];
    const deaf: ChangeFeed = {
      publish() {},
      subscribe(...subscriber) {
        subscribers.push(subscriber);
        return () => {};
      },
    };
    const [a, b] = await createNodes({ changeFeed: deaf });
    const { key } = await a.approve();
    expect(await codeOf(b, key)).toBe('key');
    await a.send('/user-api-key/revoke', { method: 'POST', headers: { 'User-Api-Key': key } });
    await a.valetkey.settings.set('audit_retention_days', 77);
    expect(await codeOf(b, key)).toBe('key');
    const before = b.valetkey.settings.version;
    for (const [, onGap] of subscribers) onGap();
    expect(await codeOf(b, key)).toBe('key_revoked');
    await vi.waitFor(() => expect(b.valetkey.settings.current().audit_retention_days).toBe(77));
    expect(b.valetkey.settings.version).toBe(before + 1);
  });

  test('maxAgeMs: limits how long a missed change has no effect', async () => {
    const [a, b] = await createNodes({ maxAgeMs: 2_000 });
    const { key } = await a.approve();
    expect(await codeOf(b, key)).toBe('key');
    await a.send('/user-api-key/revoke', { method: 'POST', headers: { 'User-Api-Key': key } });
    b.advance(1_999);
    expect(await codeOf(b, key)).toBe('key');
    b.advance(1);
    expect(await codeOf(b, key)).toBe('key_revoked');
  });

  test('publish: a failing feed is reported, and the change still applies', async () => {
    const onJobFailure = vi.fn();
    const broken: ChangeFeed = {
      publish: () => Promise.reject(new Error('connection lost')),
      subscribe: () => () => {},
    };
    const site = await createTestSite({ changeFeed: broken, onJobFailure });
    const { key } = await site.approve();
    expect(await codeOf(site, key)).toBe('key');
    const revoking = site.send('/user-api-key/revoke', { method: 'POST', headers: { 'User-Api-Key': key } });
    expect((await revoking).status).toBe(200);
    expect(await codeOf(site, key)).toBe('key_revoked');
    expect(onJobFailure).toHaveBeenCalledWith({ job: 'change_feed', reason: 'connection lost' });
  });
});

describe('verify and the clock', () => {
  test('a clock that is set back blocks no key for longer than the window', async () => {
    const site = await createTestSite();
    const { key } = await site.approve();
    for (let use = 0; use < 20; use += 1) expect(await codeOf(site, key)).toBe('key');
    site.advance(-3_600_000);
    expect((await site.authorize(key, latest)).kind).toBe('refused');
    site.advance(60_000);
    expect(await codeOf(site, key)).toBe('key');
  });

  test('a clock that ran a year ahead blocks no key afterwards', async () => {
    const site = await createTestSite();
    const { key } = await site.approve();
    site.advance(365 * DAY_MS);
    for (let use = 0; use < 20; use += 1) expect(await codeOf(site, key)).toBe('key');
    site.advance(-365 * DAY_MS);
    const result = await site.authorize(key, latest);
    expect(result.kind === 'refused' && result.refusal.details.wait_seconds).toBe(60);
    site.advance(60_000);
    expect(await codeOf(site, key)).toBe('key');
  });
});

describe('last-used on a full disk', () => {
  test('keys are listed with their last use, and revoked', async () => {
    const store = createMemoryStore();
    const full = { ...store, recordKeysUsed: () => Promise.reject(new Error('disk full')) };
    const site = await createTestSite({ store: full });
    const { key } = await site.approve();
    expect(await codeOf(site, key)).toBe('key');
    const [record] = await site.valetkey.keysOf('id-alice');
    expect(record).toMatchObject({ lastUsedAt: site.now(), lastUsedIpAddress: '192.0.2.1' });
    const revoked = await site.post('/user-api-key/revoke.json', { id: String(record?.id) }, 'alice');
    expect(revoked.status).toBe(200);
    expect(await codeOf(site, key)).toBe('key_revoked');
  });
});

describe('User-Api-Client-Id', () => {
  test('touches the store once for each new value, and no failure of it reaches the request', async () => {
    const store = createMemoryStore();
    const saveSentClientId = vi.fn(() => Promise.reject(new Error('disk full')));
    const site = await createTestSite({ store: { ...store, saveSentClientId } });
    const { key } = await site.approve();
    const use = (id: string) => site.authorize(key, latest, { headers: { 'User-Api-Client-Id': id } });
    for (let count = 0; count < 5; count += 1) expect((await use('phone')).kind).toBe('key');
    await expect.poll(() => saveSentClientId.mock.calls.length).toBe(1);
    expect((await use('client-1')).kind).toBe('key');
    expect((await use('tablet')).kind).toBe('key');
    await expect.poll(() => saveSentClientId.mock.calls.length).toBe(2);
  });
});
