import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import type { KeyPage, NewKey } from '@valetkey/server';
import { newAdminKey, newKey, type StorePromise, undoing } from './conformance-fixtures.ts';

/** The promises of `KeyStore` about active keys. */
export const keyPromises: readonly StorePromise[] = [
  [
    'replaceKey: never exceeds max active keys of a user and kind, also in concurrent calls',
    async (store) => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, at) =>
          store.replaceKey(newKey({ clientId: `app ${at}` }), undefined, 3),
        ),
      );
      const rejected = outcomes.filter((outcome) => outcome.status === 'rejected');
      deepEqual(
        rejected.map(({ reason }) => [reason.code, reason.details]),
        Array.from({ length: 17 }, () => ['too_many_app_keys', { max_keys: 3 }]),
      );
      const keys = await store.listKeys('alice');
      equal(keys.length, 3);
      // A replacement, another kind and another user are below the limit.
      await store.replaceKey(newKey({ clientId: keys[0]?.clientId ?? '' }), undefined, 3);
      await store.replaceKey(newKey({ kind: 'feed' }), undefined, 3);
      await store.replaceKey(newKey({ userId: 'bob' }), undefined, 3);
      await rejects(() => store.replaceKey(newKey({ clientId: 'one more' }), undefined, 3));
      equal((await store.listKeys('alice', { revokedSince: null })).length, 4);
    },
  ],
  [
    'replaceKey: stores a key that is found by hash, by id and by user',
    async (store) => {
      const pushUrl = 'https://push.example/x';
      const authRedirect = 'https://app.example/cb';
      const asked = newKey({ isUrlKey: true, pushUrl, authRedirect, expiresAt: 9_999 });
      const { key, replaced } = await store.replaceKey(asked);
      const unused = {
        allowedIpAddresses: null,
        sentClientId: null,
        retiresAt: null,
        lastUsedAt: null,
        lastUsedIpAddress: null,
        lastUsedUserAgent: null,
        revokedAt: null,
        revokedReason: null,
        restoredAt: null,
      };
      deepEqual(replaced, []);
      deepEqual(key, { ...asked, ...unused, id: key.id });
      deepEqual(await store.findKeyByHash(asked.keyHash), key);
      deepEqual(await store.findKey(key.id), key);
      deepEqual(await store.listKeys('alice'), [key]);
      deepEqual(await store.findUnrevokedKey('alice', 'app', 'client-1'), key);
    },
  ],
  [
    'KeyStore: returns null, an empty list or not_found for unknown records',
    async (store) => {
      equal(await store.findKeyByHash('f'.repeat(64)), null);
      equal(await store.findKey(99), null);
      equal(await store.findUnrevokedKey('nobody', 'app', 'none'), null);
      equal(await store.findClient('none'), null);
      deepEqual(await store.listKeys('nobody'), []);
      equal(await store.revokeKey(99, 1), null);
      equal(await store.undoRevokeKey(99, undoing), 'not_found');
      equal(await store.saveSentClientId(99, 'x'), null);
    },
  ],
  [
    'replaceKey: revokes the earlier key of this user, kind and client, and no other',
    async (store) => {
      const first = (await store.replaceKey(newKey())).key;
      const otherClient = (await store.replaceKey(newKey({ clientId: 'client-2' }))).key;
      const otherUser = (await store.replaceKey(newKey({ userId: 'bob' }))).key;
      const feed = (await store.replaceKey(newKey({ kind: 'feed', isUrlKey: true }))).key;
      const { key: second, replaced } = await store.replaceKey(newKey());
      deepEqual(
        replaced.map(({ id, revokedReason }) => [id, revokedReason]),
        [[first.id, 'replaced']],
      );
      equal((await store.findKey(first.id))?.revokedAt, second.createdAt);
      for (const { id } of [second, otherClient, otherUser, feed])
        equal((await store.findKey(id))?.revokedAt, null);
    },
  ],
  [
    'replaceKey: leaves one active key after fifty concurrent calls',
    async (store) => {
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => store.replaceKey(newKey())));
      equal(new Set(outcomes.map(({ key }) => key.id)).size, 50);
      const live = await store.listKeys('alice', { revokedSince: null });
      equal(live.length, 1);
      equal(
        new Set(outcomes.map(({ replaced }) => replaced[0]?.id)).size,
        50,
        'each key is replaced once at most',
      );
    },
  ],
  [
    'replaceKey: keeps the earlier key if the new one cannot be stored',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      await rejects(store.replaceKey(newKey({ keyHash: key.keyHash })));
      equal((await store.findKey(key.id))?.revokedAt, null);
      equal((await store.listKeys('alice')).length, 1);
    },
  ],
  [
    'saveSentClientId: stores it beside the approved client id, which stays; not for a revoked key',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      deepEqual(await store.saveSentClientId(key.id, 'sent'), { ...key, sentClientId: 'sent' });
      equal(await store.saveSentClientId(key.id, 'sent'), null);
      equal((await store.findUnrevokedKey('alice', 'app', 'client-1'))?.sentClientId, 'sent');
      equal(await store.findUnrevokedKey('alice', 'app', 'sent'), null);
      equal((await store.saveSentClientId(key.id, null))?.sentClientId, null);
      await store.revokeKey(key.id, 9);
      equal(await store.saveSentClientId(key.id, 'later'), null);
    },
  ],
  [
    'replaceKey: replaces the keys with this client id, approved or sent, of this user and kind',
    async (store) => {
      const add = async (changes: Partial<NewKey>, sent: string | null) => {
        const { key } = await store.replaceKey(newKey(changes));
        if (sent !== null) await store.saveSentClientId(key.id, sent);
        return key.id;
      };
      const approved = await add({ clientId: 'phone' }, 'elsewhere');
      const sent = await add({ clientId: 'tablet' }, 'phone');
      await add({ clientId: 'laptop' }, 'desk');
      await add({ clientId: 'other', userId: 'bob' }, 'phone');
      await add({ clientId: 'phone', kind: 'feed' }, null);
      const { replaced } = await store.replaceKey(newKey({ clientId: 'phone' }));
      deepEqual(
        replaced.map(({ id }) => id).toSorted((a, b) => a - b),
        [approved, sent],
      );
    },
  ],
  [
    'recordKeysUsed: ignores unknown ids and earlier uses',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      const touch = (id: number, usedAt: number) => ({
        id,
        usedAt,
        ipAddress: '192.0.2.7',
        userAgent: `at ${usedAt}`,
      });
      await store.recordKeysUsed([touch(key.id, 500), touch(4711, 500)]);
      await store.recordKeysUsed([touch(key.id, 400)]);
      await store.recordKeysUsed([]);
      const stored = await store.findKey(key.id);
      equal(stored?.lastUsedAt, 500);
      equal(stored?.lastUsedIpAddress, '192.0.2.7');
      equal(stored?.lastUsedUserAgent, 'at 500');
    },
  ],
  [
    'recordKeysUsed, recordAdminKeysUsed: a use replaces one of a clock that was ahead by more than a day',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      const admin = await store.createAdminKey(newAdminKey());
      for (const usedAt of [86_400_501, 500, 501, 400]) {
        await store.recordKeysUsed([{ id: key.id, usedAt, ipAddress: '192.0.2.7', userAgent: null }]);
        await store.recordAdminKeysUsed([{ id: admin.id, usedAt }]);
      }
      equal((await store.findKey(key.id))?.lastUsedAt, 501);
      equal((await store.findAdminKey(admin.id))?.lastUsedAt, 501);
    },
  ],
  [
    'KeyStore: treats any text as data',
    async (store) => {
      const text = `'; DROP TABLE user_api_keys; -- %_"\\ \u{1F511} \u202E`;
      const { key } = await store.replaceKey(newKey({ userId: text, clientId: text, applicationName: text }));
      deepEqual(await store.findUnrevokedKey(text, 'app', text), key);
      ok(await store.saveSentClientId(key.id, `${text}2`));
    },
  ],
  [
    'listKeys: returns the keys of a user page by page, newest first, at most 100 by default',
    async (store) => {
      for (let index = 0; index < 101; index += 1)
        await store.replaceKey(newKey({ clientId: `client-${index}` }));
      await store.replaceKey(newKey({ userId: 'bob' }));
      const newest = await store.listKeys('alice');
      equal(newest.length, 100);
      const ids = newest.map(({ id }) => id);
      deepEqual(
        ids,
        ids.toSorted((a, b) => b - a),
      );
      const idsOf = async (page: KeyPage) => (await store.listKeys('alice', page)).map(({ id }) => id);
      deepEqual(await idsOf({ beforeId: null, limit: 2 }), ids.slice(0, 2));
      await store.revokeKey(ids[3] ?? 0, 4_000);
      deepEqual(await idsOf({ beforeId: ids[1] ?? 0, limit: 2 }), ids.slice(2, 4));
      deepEqual(await idsOf({ beforeId: ids[1] ?? 0, limit: 2, revokedSince: null }), [ids[2], ids[4]]);
      equal((await idsOf({ beforeId: ids[99] ?? 0 })).length, 1);
    },
  ],
];
