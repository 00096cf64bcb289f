import { createTestSite, keyRequest, stores } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import type { Store } from '../../../index.ts';

const latest = { name: 'list#latest' };

/** A store whose audit log fails during `whileAuditFails`. */
function createFailingAuditStore(store: Store) {
  let canWrite = true;
  const failing = () => {
    throw new Error('The disk is full.');
  };
  const failingStore = new Proxy(store, {
    get(target, name: keyof Store) {
      const method = target[name];
      // Optional properties, such as `changeFeed`, are not methods.
      if (typeof method !== 'function') return method;
      return (...parameters: unknown[]) =>
        (method as (...parameters: unknown[]) => unknown)(
          ...parameters.map((each) => (typeof each === 'function' && !canWrite ? failing : each)),
        );
    },
  });
  return {
    store: failingStore,
    async whileAuditFails<T>(work: () => Promise<T>): Promise<T> {
      canWrite = false;
      try {
        return await work();
      } finally {
        canWrite = true;
      }
    },
  };
}

describe.each(Object.entries(stores))('a failing audit log on %s', (_name, createStore) => {
  async function openSite() {
    const { store, whileAuditFails } = createFailingAuditStore(createStore());
    const site = await createTestSite({ store });
    await site.valetkey.settings.set('allow_personal_user_api_keys', 'all');
    /** Checks that the request fails and that nothing has changed. */
    async function expectNothing(path: string, values: Record<string, string>, as = 'alice') {
      const look = async () => [
        await store.listKeys('id-alice'),
        await store.listAdminKeys(),
        await store.listSettings(),
        await store.listAuditEvents({ beforeId: null, limit: 99 }),
      ];
      const before = await look();
      await expect(whileAuditFails(() => site.post(path, values, as))).rejects.toThrow(/disk is full/);
      expect(await look()).toEqual(before);
    }
    return { ...site, expectNothing };
  }

  test('approval: keeps the earlier key of the client active', async () => {
    const it = await openSite();
    const { key } = await it.approve();
    await it.expectNothing('/user-api-key.json', keyRequest({ auth_redirect: null }));
    expect((await it.authorize(key, latest)).kind).toBe('key');
    const again = await it.approve();
    expect((await it.authorize(key, latest)).kind).toBe('refused');
    expect((await it.authorize(again.key, latest)).kind).toBe('key');
  });

  test('rotation without grace period: keeps the old key active', async () => {
    const it = await openSite();
    const fields = { application_name: 'My script', scopes: 'read' };
    const response = await it.post('/u/alice/preferences/api-keys/new.json', fields, 'alice');
    const made = (await response.json()) as { key: { id: number; key: string } };
    const { id, key } = made.key;
    await it.expectNothing('/user-api-key/rotate.json', { id: String(id) });
    expect((await it.authorize(key, latest)).kind).toBe('key');
  });

  test('revoking, creating and restoring: stores nothing; a key ends anyway', async () => {
    const it = await openSite();
    const { key } = await it.approve();
    const [{ id } = { id: 0 }] = await it.valetkey.keysOf('id-alice');
    expect((await it.authorize(key, latest)).kind).toBe('key');
    await it.expectNothing('/user-api-key/revoke.json', { id: String(id) });
    // A revocation that cannot be stored must not keep a stolen key active.
    expect((await it.authorize(key, latest)).kind).toBe('refused');
    await it.post('/user-api-key/revoke.json', { id: String(id) }, 'alice');
    await it.expectNothing('/user-api-key/undo-revoke.json', { id: String(id) });
    expect((await it.authorize(key, latest)).kind).toBe('refused');
    await it.post('/user-api-key/undo-revoke.json', { id: String(id) }, 'alice');
    expect((await it.authorize(key, latest)).kind).toBe('key');
    await it.expectNothing('/calendar-subscriptions.json', { feed: 'bookmarks' });
    const fields = { application_name: 'My script', scopes: 'read' };
    await it.expectNothing('/u/alice/preferences/api-keys/new.json', fields);
  });

  test('POST /admin/user-api-key-settings: keeps the current value', async () => {
    const it = await openSite();
    const change = { 'was:max_user_api_reqs_per_day': '2880', 'value:max_user_api_reqs_per_day': '7' };
    await it.expectNothing('/admin/user-api-key-settings.json', change, 'admin');
    expect(it.valetkey.settings.current().max_user_api_reqs_per_day).toBe(2880);
  });
});
