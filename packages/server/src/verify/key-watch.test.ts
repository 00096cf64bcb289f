import { createTestSite, type TestSite } from '@valetkey/test-support/site/test-site';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hashKey } from '../core/key/hash-key.ts';
import { createInProcessChangeFeed } from '../in-process/in-process-change-feed.ts';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';
import type { ChangeFeed } from '../ports/change-feed.ts';

const LIVE = { name: 'live' };
// Sockets and promises stay real.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

const requestWith = (key: string) =>
  new Request('https://forum.example/live', { headers: { 'User-Api-Key': key } });

/** Watches the key and records each call of `onEnd`. */
function watch({ valetkey }: TestSite, key: string) {
  const ends: string[] = [];
  const unwatch = valetkey.watchKey(requestWith(key), LIVE, ({ code }) => ends.push(code));
  return { ends, unwatch };
}

/** Moves the clock of the site and its timers. Resolves after the checks that this causes. */
async function pass(site: TestSite, ms: number): Promise<void> {
  site.advance(ms);
  await vi.advanceTimersByTimeAsync(1_000);
}

const revoke = (site: TestSite, key: string) =>
  site.send('/user-api-key/revoke', { method: 'POST', headers: { 'User-Api-Key': key } });

describe('watchKey', () => {
  test('a revoked key: reported once, other keys are not', async () => {
    const site = await createTestSite();
    const [revoked, other] = [await site.approve(), await site.approve({ client_id: 'client-2' })];
    const [first, second] = [watch(site, revoked.key), watch(site, other.key)];
    await revoke(site, revoked.key);
    await vi.waitFor(() => expect(first.ends).toEqual(['key_revoked']));
    await pass(site, 120_000);
    expect([first.ends, second.ends]).toEqual([['key_revoked'], []]);
  });

  test('an expired key: reported within a second of its expiry', async () => {
    const site = await createTestSite();
    const { key } = await site.approve({ expires_in_seconds: '100' });
    const { ends } = watch(site, key);
    await pass(site, 99_000);
    expect(ends).toEqual([]);
    await pass(site, 1_000);
    expect(ends).toEqual(['key_expired']);
  });

  test('a key that is not valid at the start: reported', async () => {
    const site = await createTestSite();
    const { ends } = watch(site, 'f'.repeat(32));
    await vi.waitFor(() => expect(ends).toEqual(['key_unknown']));
  });

  test('a suspended user: reported within a minute, or when the site calls userChanged', async () => {
    const site = await createTestSite();
    const [alice, bob] = [await site.approve(), await site.approve({}, 'bob')];
    const [first, second] = [watch(site, alice.key), watch(site, bob.key)];
    site.changeUser('alice', { isSuspended: true });
    await pass(site, 60_000);
    expect([first.ends, second.ends]).toEqual([['user_suspended'], []]);
    site.changeUser('bob', { isSuspended: true });
    await site.valetkey.userChanged('id-bob');
    await vi.waitFor(() => expect(second.ends).toEqual(['user_suspended']));
  });

  test('an unwatched key: not reported', async () => {
    const site = await createTestSite();
    const { key } = await site.approve();
    const { ends, unwatch } = watch(site, key);
    unwatch();
    await revoke(site, key);
    await pass(site, 60_000);
    expect(ends).toEqual([]);
  });

  test('a store that fails while keys are checked again: reported as store_unavailable', async () => {
    const feed = createInProcessChangeFeed();
    const store = createMemoryStore();
    const { findKeyByHash } = store;
    let isBroken = false;
    store.findKeyByHash = (hash) =>
      isBroken ? Promise.reject(new Error('connection lost')) : findKeyByHash(hash);
    const site = await createTestSite({ store, changeFeed: feed });
    const { key } = await site.approve();
    const { ends } = watch(site, key);
    isBroken = true;
    await feed.publish({ kind: 'key', id: hashKey(key) });
    await vi.waitFor(() => expect(ends).toEqual(['store_unavailable']));
  });

  test('changes that may have been missed: every key is checked again', async () => {
    const subscribers: Parameters<ChangeFeed['subscribe']>[] = [];
    const changeFeed: ChangeFeed = {
      publish() {},
      subscribe(...subscriber) {
        subscribers.push(subscriber);
        return () => {};
      },
    };
    const store = createMemoryStore();
    const [a, b] = [await createTestSite({ store, changeFeed }), await createTestSite({ store, changeFeed })];
    const { key } = await a.approve();
    const { ends } = watch(b, key);
    await revoke(a, key);
    expect(ends).toEqual([]);
    for (const [, onGap] of subscribers) onGap();
    await vi.waitFor(() => expect(ends).toEqual(['key_revoked']));
  });

  test('a request without a key: not watched', async () => {
    const site = await createTestSite();
    const onEnd = vi.fn();
    site.valetkey.watchKey(new Request('https://forum.example/live'), LIVE, onEnd)();
    await pass(site, 60_000);
    expect(onEnd).not.toHaveBeenCalled();
  });
});
