import { ValetkeyError } from '@valetkey/protocol';
import type { Store } from '@valetkey/server';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { refusalOf } from '@valetkey/test-support/responses';
import { createAdminSite, withKey } from '@valetkey/test-support/site/admin-site';
import { keyRequest } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const LATEST = { name: 'list#latest' };
const READS = /^(?:find|list|load|count|close)/;

/** A site whose store rejects every change while its disk is full, with a key of alice. */
async function createFullSite() {
  const memory = createMemoryStore();
  const disk = { isFull: false };
  const store = new Proxy(memory, {
    get(_, name) {
      const method: unknown = Reflect.get(memory, name);
      if (!disk.isFull || READS.test(String(name))) return method;
      return () => Promise.reject(new ValetkeyError('store_unavailable'));
    },
  }) as Store;
  const site = await createAdminSite({ store });
  const { key } = await site.approve({ scopes: 'read' });
  return {
    ...site,
    key,
    memory,
    disk,
    canUse: async () => (await site.authorize(withUserKey(key), LATEST)).kind,
  };
}

const withUserKey = (key: string) => ({ 'User-Api-Key': key });

describe('on a full disk', () => {
  test.each<[string, 'alice' | 'admin' | null]>([
    ['the key itself', null],
    ['its owner', 'alice'],
    ['an admin', 'admin'],
  ])(
    'POST /user-api-key/revoke by %s: ends the key at once, and says that this is not stored',
    async (_, by) => {
      const { key, memory, disk, canUse, post, send } = await createFullSite();
      const revoke = () =>
        by === null
          ? send('/user-api-key/revoke.json', { method: 'POST', headers: withUserKey(key) })
          : post('/user-api-key/revoke.json', { id: '1' }, by);
      expect(await canUse()).toBe('key');
      disk.isFull = true;
      const response = await revoke();
      expect(response.headers.get('retry-after')).toBe('1');
      expect(await refusalOf(response)).toBe('503 revocation_not_stored');
      expect(await canUse()).toBe('refused');
      expect(await refusalOf(revoke())).toBe('503 revocation_not_stored');
      expect((await memory.findKey(1))?.revokedAt).toBeNull();
      disk.isFull = false;
      expect(await canUse()).toBe('refused');
      expect((await revoke()).status).toBe(200);
      expect((await memory.findKey(1))?.revokedAt).not.toBeNull();
      if (by === null) return;
      expect((await post('/user-api-key/undo-revoke.json', { id: '1' }, by)).status).toBe(200);
      expect(await canUse()).toBe('key');
    },
  );

  test('POST /admin/api/keys/:id/revoke: ends the key at once, and says that this is not stored', async () => {
    const { make, disk, outcome, asUser } = await createFullSite();
    const { id, key } = await make();
    const headers = withKey(key, 'alice');
    expect(await outcome(headers)).toBe('ok:alice');
    disk.isFull = true;
    const path = `/admin/api/keys/${id}`;
    expect(await refusalOf(asUser('admin', 'POST', `${path}/revoke`))).toBe('503 revocation_not_stored');
    expect(await outcome(headers)).toBe('invalid_api_credentials');
    disk.isFull = false;
    expect(await outcome(headers)).toBe('invalid_api_credentials');
    expect((await asUser('admin', 'POST', `${path}/revoke`)).status).toBe(200);
    expect((await asUser('admin', 'POST', `${path}/undo-revoke`)).status).toBe(200);
    expect(await outcome(headers)).toBe('ok:alice');
  });

  test('every other change is 503 store_unavailable, and changes nothing', async () => {
    const { valetkey, disk, post, memory, approve, get } = await createFullSite();
    await valetkey.settings.set('allow_personal_user_api_keys', 'all');
    await approve({ client_id: 'gone' });
    await post('/user-api-key/revoke.json', { id: '2' }, 'alice');
    await post('/u/alice/preferences/api-keys/new', { application_name: 'Mine', scopes: 'read' }, 'alice');
    const before = await memory.listKeys('id-alice');
    expect(before).toHaveLength(3);
    disk.isFull = true;
    for (const [path, values] of [
      ['/user-api-key/undo-revoke.json', { id: '2' }],
      ['/user-api-key/rotate.json', { id: '3' }],
      ['/user-api-key.json', keyRequest({ client_id: 'new', auth_redirect: null })],
      ['/calendar-subscriptions.json', {}],
    ] as const)
      expect([path, await refusalOf(post(path, values, 'alice'))]).toEqual([path, '503 store_unavailable']);
    expect(await memory.listKeys('id-alice')).toEqual(before);
    expect((await get('/u/alice/preferences/apps', { cookie: 'session=alice' })).status).toBe(200);
  });
});
