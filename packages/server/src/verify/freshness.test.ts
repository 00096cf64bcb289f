import { ValetkeyError } from '@valetkey/protocol';
import { createTestSite, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';
import type { ChangeFeed } from '../ports/change-feed.ts';

const latest = { name: 'list#latest' };

/** A feed that the test cuts off. Catching up delivers what was missed. */
function createCutFeed() {
  const subscribers: Parameters<ChangeFeed['subscribe']>[] = [];
  const state = { isCurrent: true, canCatchUp: true, catchUps: 0 };
  const feed: ChangeFeed = {
    publish() {},
    subscribe(...subscriber) {
      subscribers.push(subscriber);
      return () => {};
    },
    isCurrent: () => state.isCurrent,
    async catchUp() {
      state.catchUps += 1;
      if (!state.canCatchUp) throw new ValetkeyError('store_unavailable');
      for (const [, onGap] of subscribers) onGap();
      state.isCurrent = true;
    },
  };
  return { feed, state };
}

const codeOf = async (site: TestSite, key: string) => {
  const result = await site.authorize(key, latest);
  return result.kind === 'refused' ? result.refusal.code : result.kind;
};

/** Two nodes that share a store; the second one has this feed. */
async function createNodes() {
  const store = createMemoryStore();
  const { feed, state } = createCutFeed();
  const silent: ChangeFeed = { publish() {}, subscribe: () => () => {} };
  const a = await createTestSite({ store, changeFeed: silent });
  const b = await createTestSite({ store, changeFeed: feed });
  const { key } = await a.approve();
  expect(await codeOf(b, key)).toBe('key');
  const revoke = () => a.send('/user-api-key/revoke', { method: 'POST', headers: { 'User-Api-Key': key } });
  return { a, b, state, key, revoke, store };
}

describe('verify: a node that is cut off', () => {
  test('never allows a cached key: it answers store_unavailable until it has caught up', async () => {
    const { b, state, key, revoke } = await createNodes();
    await revoke();
    Object.assign(state, { isCurrent: false, canCatchUp: false });
    for (let request = 0; request < 3; request += 1) expect(await codeOf(b, key)).toBe('store_unavailable');
    state.canCatchUp = true;
    expect(await codeOf(b, key)).toBe('key_revoked');
    expect(state.isCurrent).toBe(true);
  });

  test('gives a correct first answer after a pause, and answers 503 over HTTP if it cannot', async () => {
    const { b, state, key, revoke } = await createNodes();
    await revoke();
    state.isCurrent = false;
    expect(await codeOf(b, key)).toBe('key_revoked');
    Object.assign(state, { isCurrent: false, canCatchUp: false });
    const refused = await b.authorize(key, latest);
    const response = refused.kind === 'refused' ? await refused.response() : null;
    expect([response?.status, response?.headers.get('retry-after')]).toEqual([503, '1']);
  });

  test('uses no outdated setting in its own endpoints', async () => {
    const { a, b, state } = await createNodes();
    await a.valetkey.settings.set('max_user_api_reqs_per_minute', 3);
    Object.assign(state, { isCurrent: false, canCatchUp: false });
    const settings = () => b.get('/admin/user-api-key-settings.json', { cookie: 'session=admin' });
    expect((await settings()).status).toBe(503);
    state.canCatchUp = true;
    expect(await (await settings()).text()).toContain('"value":"3"');
  });

  test('rejects requests while changed settings cannot be loaded, and tries again with each', async () => {
    const { a, b, state, key, store } = await createNodes();
    const { listSettings } = store;
    await a.valetkey.settings.set('max_user_api_reqs_per_minute', 1);
    store.listSettings = () => Promise.reject(new ValetkeyError('store_unavailable'));
    state.isCurrent = false;
    expect(await codeOf(b, key)).toBe('store_unavailable');
    expect(state.isCurrent).toBe(true);
    expect(await codeOf(b, key)).toBe('store_unavailable');
    store.listSettings = listSettings;
    expect([await codeOf(b, key), await codeOf(b, key)]).toEqual(['rate_limited', 'rate_limited']);
  });

  test('does not catch up while it is current', async () => {
    const { b, state, key } = await createNodes();
    for (let request = 0; request < 5; request += 1) await codeOf(b, key);
    expect(state.catchUps).toBe(0);
  });
});
