import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';
import { createValetkey } from '../index.ts';

/** A store whose response about a key is delayed, from `hold` until the returned function is called. */
function createSlowStore() {
  const memory = createMemoryStore();
  let held = Promise.resolve();
  const store = {
    ...memory,
    async findKeyByHash(hash: string) {
      const record = await memory.findKeyByHash(hash);
      await held;
      return record;
    },
  };
  function hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    return resolve;
  }
  return { store, hold };
}

describe('verify: its cache', () => {
  test('returns no promise if key and user are in memory', async () => {
    const it = await createTestSite();
    const { key } = await it.approve();
    const request = {
      credential: { kind: 'user_key', key } as const,
      method: 'GET',
      route: { name: 'list#latest' },
      ipAddress: '192.0.2.1',
      userAgent: null,
    };
    await it.valetkey.verify(request);
    expect(it.valetkey.verify(request)).not.toBeInstanceOf(Promise);
  });

  test('does not cache a key that is revoked while it is loaded', async () => {
    const { store, hold } = createSlowStore();
    const it = await createTestSite({ store });
    const { key } = await it.approve();
    const [record] = await it.valetkey.keysOf('id-alice');
    const release = hold();
    const verifiedBefore = it.authorize(key, { name: 'list#latest' });
    await it.post('/user-api-key/revoke', { id: String(record?.id) }, 'alice');
    release();
    await verifiedBefore;
    expect((await it.authorize(key, { name: 'list#latest' })).kind).toBe('refused');
  });

  test('counts a use at the time it is allowed, not at the time of the request', async () => {
    const { store, hold } = createSlowStore();
    const it = await createTestSite({ store });
    await it.valetkey.settings.set('max_user_api_reqs_per_minute', 1);
    const { key } = await it.approve();
    const release = hold();
    const verified = it.authorize(key, { name: 'list#latest' });
    it.advance(30_000);
    release();
    expect((await verified).kind).toBe('key');
    it.advance(59_999);
    expect((await it.authorize(key, { name: 'list#latest' })).kind).toBe('refused');
    it.advance(1);
    expect((await it.authorize(key, { name: 'list#latest' })).kind).toBe('key');
  });

  test('rejects a key that expires while it is loaded', async () => {
    const { store, hold } = createSlowStore();
    const it = await createTestSite({ store });
    const { key } = await it.approve({ expires_in_seconds: '3600' });
    it.advance(3_599_000);
    const release = hold();
    const verified = it.authorize(key, { name: 'list#latest' });
    it.advance(1_000);
    release();
    expect((await verified).kind).toBe('refused');
  });

  test('keeps last-used if the store fails to write a batch, and writes it at the next flush', async () => {
    const store = createMemoryStore();
    let isBroken = true;
    const flaky = {
      ...store,
      async recordKeysUsed(touches: Parameters<typeof store.recordKeysUsed>[0]) {
        if (isBroken) throw new Error('disk full');
        return store.recordKeysUsed(touches);
      },
      async close() {},
    };
    const it = await createTestSite({ store: flaky });
    const { key } = await it.approve();
    await it.authorize(key, { name: 'list#latest' });
    await expect(it.valetkey.close()).rejects.toThrow('disk full');
    isBroken = false;
    await it.valetkey.close();
    expect((await store.listKeys('id-alice'))[0]?.lastUsedAt).toBe(it.now());
  });

  test('uses the system’s clock and randomness by default', async () => {
    const { users: _people, ...parts } = await createTestSite();
    expect(parts.now()).toBeGreaterThan(0);
    const valetkey = await createValetkey({
      site: {
        name: 'x',
        baseUrl: 'http://127.0.0.1',
        findSession: () => null,
        loginUrl: () => '/',
        findUser: () => null,
        findUserByUsername: () => null,
      },
      store: createMemoryStore(),
    });
    expect(
      (await valetkey.fetch(new Request('http://127.0.0.1/elsewhere'), { ipAddress: '' })) === null,
    ).toBe(true);
    await valetkey.close();
  });
});
