import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import type { KeyRecord, Store } from '../store/store.ts';
import { adminKeyPromises } from './admin-key-conformance.ts';
import { auditPromises } from './audit-conformance.ts';
import { auditedChangePromises } from './audited-change-conformance.ts';
import { clientPromises } from './client-conformance.ts';
import { newKey, type StorePromise, undoing } from './conformance-fixtures.ts';
import { grantPromises } from './grant-conformance.ts';
import { personalKeyPromises } from './personal-key-conformance.ts';
import { pushPromises } from './push-conformance.ts';

/** One promise of the `Store` interface, to be run by any test runner. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

const isUnrevoked = (key: KeyRecord): boolean => key.revokedAt === null;

const promises: readonly StorePromise[] = [
  [
    'gives back what was stored, by hash, by id and by user',
    async (store) => {
      const asked = newKey({ isUrlKey: true, pushUrl: 'https://push.example/x', expiresAt: 9_999 });
      const { key, replaced } = await store.replaceKey(asked);
      const unused = {
        allowedAddresses: null,
        retiresAt: null,
        lastUsedAt: null,
        lastUsedAddress: null,
        lastUsedAgent: null,
        revokedAt: null,
        revokedReason: null,
        restoredAt: null,
      };
      equal(replaced, null);
      deepEqual(key, { ...asked, ...unused, id: key.id });
      deepEqual(await store.findKeyByHash(asked.keyHash), key);
      deepEqual(await store.findKey(key.id), key);
      deepEqual(await store.listKeys('alice'), [key]);
      deepEqual(await store.findUnrevokedKey('alice', 'app', 'client-1'), key);
    },
  ],
  [
    'answers null or nothing for what it does not have',
    async (store) => {
      equal(await store.findKeyByHash('f'.repeat(64)), null);
      equal(await store.findKey(99), null);
      equal(await store.findUnrevokedKey('nobody', 'app', 'none'), null);
      equal(await store.findClient('none'), null);
      deepEqual(await store.listKeys('nobody'), []);
      equal(await store.revokeKey(99, 1), null);
      equal(await store.undoRevokeKey(99, undoing), 'not_found');
      equal(await store.renameClient(99, 'x'), false);
    },
  ],
  [
    'replaces the earlier key of this user, kind and client, and no other',
    async (store) => {
      const first = (await store.replaceKey(newKey())).key;
      const otherClient = (await store.replaceKey(newKey({ clientId: 'client-2' }))).key;
      const otherUser = (await store.replaceKey(newKey({ userId: 'bob' }))).key;
      const feed = (await store.replaceKey(newKey({ kind: 'feed', isUrlKey: true }))).key;
      const { key: second, replaced } = await store.replaceKey(newKey());
      equal(replaced?.id, first.id);
      equal(replaced?.revokedReason, 'replaced');
      equal((await store.findKey(first.id))?.revokedAt, second.createdAt);
      for (const { id } of [second, otherClient, otherUser, feed])
        equal((await store.findKey(id))?.revokedAt, null);
    },
  ],
  [
    'leaves one live key when fifty replacements race',
    async (store) => {
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => store.replaceKey(newKey())));
      equal(new Set(outcomes.map(({ key }) => key.id)).size, 50);
      const live = (await store.listKeys('alice')).filter(isUnrevoked);
      equal(live.length, 1);
      equal(new Set(outcomes.map(({ replaced }) => replaced?.id)).size, 50, 'each was replaced once at most');
    },
  ],
  [
    'keeps the earlier key when the new one cannot be stored',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      await rejects(store.replaceKey(newKey({ keyHash: key.keyHash })));
      equal((await store.findKey(key.id))?.revokedAt, null);
      equal((await store.listKeys('alice')).length, 1);
    },
  ],
  [
    'revokes once: of ten who race, one is told that it was theirs',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => store.revokeKey(key.id, 77)));
      equal(outcomes.filter((outcome) => outcome !== null).length, 1);
      const stored = await store.findKeyByHash(key.keyHash);
      equal(stored?.revokedAt, 77);
      equal(stored?.revokedReason, 'revoked');
    },
  ],
  [
    'brings a revoked key back, but not one that was replaced',
    async (store) => {
      const first = (await store.replaceKey(newKey())).key;
      equal(await store.undoRevokeKey(first.id, undoing), 'not_revoked');
      await store.revokeKey(first.id, 5);
      equal(await store.undoRevokeKey(first.id, undoing), 'restored');
      deepEqual(await store.findKey(first.id), { ...first, restoredAt: undoing.restoredAt });
      await store.replaceKey(newKey());
      equal(await store.undoRevokeKey(first.id, undoing), 'was_replaced');
    },
  ],
  [
    'does not bring back a revoked key beside a newer one of the same client',
    async (store) => {
      const first = (await store.replaceKey(newKey())).key;
      await store.revokeKey(first.id, 5);
      await store.replaceKey(newKey());
      equal(await store.undoRevokeKey(first.id, undoing), 'was_replaced');
      equal((await store.listKeys('alice')).filter(isUnrevoked).length, 1);
    },
  ],
  [
    'leaves one live key at most when undoing races with replacing',
    async (store) => {
      const first = (await store.replaceKey(newKey())).key;
      await store.revokeKey(first.id, 5);
      await Promise.all([
        store.undoRevokeKey(first.id, undoing),
        store.replaceKey(newKey()),
        store.undoRevokeKey(first.id, undoing),
      ]);
      equal((await store.listKeys('alice')).filter(isUnrevoked).length, 1);
    },
  ],
  [
    'revokes what is unused or too old, once, and says which',
    async (store) => {
      const old = (await store.replaceKey(newKey({ clientId: 'old', createdAt: 10 }))).key;
      const used = (await store.replaceKey(newKey({ clientId: 'used', createdAt: 10 }))).key;
      const fresh = (await store.replaceKey(newKey({ clientId: 'fresh', createdAt: 90 }))).key;
      const ancient = (await store.replaceKey(newKey({ clientId: 'ancient', createdAt: 1 }))).key;
      await store.touchKeys(
        [used, ancient].map(({ id }) => ({ id, usedAt: 80, address: '192.0.2.7', agent: null })),
      );
      const sweep = () => store.revokeStaleKeys({ unusedSince: 50, approvedBefore: 5, revokedAt: 100 });
      const outcomes = (await Promise.all([sweep(), sweep(), sweep()])).flat();
      const reasons = new Map(outcomes.map(({ id, revokedReason }) => [id, revokedReason]));
      equal(outcomes.length, 2);
      equal(reasons.get(old.id), 'unused');
      equal(reasons.get(ancient.id), 'too_old');
      deepEqual(await store.revokeStaleKeys({ unusedSince: null, approvedBefore: null, revokedAt: 100 }), []);
      for (const { id } of [used, fresh]) equal((await store.findKey(id))?.revokedAt, null);
    },
  ],
  [
    'does not call a key unused that was brought back since, but still too old',
    async (store) => {
      const { key } = await store.replaceKey(newKey({ createdAt: 10 }));
      await store.touchKeys([{ id: key.id, usedAt: 20, address: '192.0.2.7', agent: null }]);
      const sweep = (unusedSince: number, approvedBefore: number | null = null) =>
        store.revokeStaleKeys({ unusedSince, approvedBefore, revokedAt: 100 });
      equal((await sweep(50)).length, 1);
      await store.undoRevokeKey(key.id, { ...undoing, restoredAt: 60 });
      deepEqual(await sweep(60), []);
      equal((await sweep(61))[0]?.revokedReason, 'unused');
      await store.undoRevokeKey(key.id, { ...undoing, restoredAt: 70 });
      equal((await sweep(50, 11))[0]?.revokedReason, 'too_old');
    },
  ],
  [
    'lists the unrevoked keys of a person, and those revoked since a moment, newest first',
    async (store) => {
      const add = async (clientId: string) => (await store.replaceKey(newKey({ clientId }))).key.id;
      const [live, early, late] = [await add('live'), await add('early'), await add('late')];
      await store.revokeKey(early, 3_000);
      await store.revokeKey(late, 4_000);
      const list = async (...since: [(number | null)?]) =>
        (await store.listKeys('alice', ...since)).map(({ id }) => id);
      deepEqual(await list(), [late, early, live]);
      deepEqual(await list(3_000), [late, early, live]);
      deepEqual(await list(3_001), [late, live]);
      deepEqual(await list(4_001), [live]);
      deepEqual(await list(null), [live]);
    },
  ],
  [
    'forgets keys that are dead since before a moment, however they died, and gives no id twice',
    async (store) => {
      const add = async (changes: Parameters<typeof newKey>[0] = {}) =>
        (await store.replaceKey(newKey(changes))).key;
      const expired = await add({ clientId: 'expired', expiresAt: 3_999 });
      const kept = [
        await add({ clientId: 'live' }),
        await add({ clientId: 'ends later', expiresAt: 4_000 }),
        await add({ clientId: 'revoked later' }),
      ];
      await store.revokeKey(kept[2]?.id ?? 0, 4_000);
      const revoked = await add({ clientId: 'revoked' });
      await store.revokeKey(revoked.id, 3_999);
      const retiring = await store.createPersonalKey(newKey({ kind: 'personal', clientId: 'p' }), 9);
      const successor = { keyHash: newKey().keyHash, createdAt: 3_000, retiresAt: 3_999 };
      const rotated = await store.rotateKey(retiring?.id ?? 0, successor, 9);
      equal(await store.forgetDeadKeys(4_000), 3);
      equal(await store.forgetDeadKeys(4_000), 0);
      const left = (await store.listKeys('alice')).map(({ id }) => id).sort((a, b) => a - b);
      const successorId = rotated.kind === 'rotated' ? rotated.key.id : 0;
      deepEqual(left, [...kept.map(({ id }) => id), successorId]);
      equal(await store.findKeyByHash(revoked.keyHash), null);
      equal(await store.undoRevokeKey(revoked.id, undoing), 'not_found');
      equal((await store.replaceKey(newKey({ clientId: 'expired' }))).replaced, null);
      equal((await add()).id > successorId, true);
      equal(await store.findKey(expired.id), null);
    },
  ],
  [
    'renames the client of a key, but never onto another live key',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      await store.replaceKey(newKey({ clientId: 'taken' }));
      equal(await store.renameClient(key.id, 'taken'), false);
      equal(await store.renameClient(key.id, 'fresh'), true);
      equal((await store.findUnrevokedKey('alice', 'app', 'fresh'))?.id, key.id);
      equal(await store.findUnrevokedKey('alice', 'app', 'client-1'), null);
      await store.revokeKey(key.id, 9);
      equal(await store.renameClient(key.id, 'later'), false);
    },
  ],
  [
    'writes last-used in a batch, never backwards, passing over unknown ids',
    async (store) => {
      const { key } = await store.replaceKey(newKey());
      const touch = (id: number, usedAt: number) => ({
        id,
        usedAt,
        address: '192.0.2.7',
        agent: `at ${usedAt}`,
      });
      await store.touchKeys([touch(key.id, 500), touch(4711, 500)]);
      await store.touchKeys([touch(key.id, 400)]);
      await store.touchKeys([]);
      const stored = await store.findKey(key.id);
      equal(stored?.lastUsedAt, 500);
      equal(stored?.lastUsedAddress, '192.0.2.7');
      equal(stored?.lastUsedAgent, 'at 500');
    },
  ],
  [
    'gives a one-time password to one of those who come, and to nobody after its time',
    async (store) => {
      const password = { passwordHash: 'a'.repeat(64), userId: 'alice', expiresAt: 100 };
      await store.saveOneTimePassword(password, 1);
      await store.saveOneTimePassword({ ...password, passwordHash: 'b'.repeat(64) }, 1);
      equal(await store.findOneTimePassword(password.passwordHash, 99), 'alice');
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => store.consumeOneTimePassword(password.passwordHash, 99)),
      );
      deepEqual(
        outcomes.filter((outcome) => outcome !== null),
        ['alice'],
      );
      equal(await store.findOneTimePassword(password.passwordHash, 99), null);
      equal(await store.findOneTimePassword('b'.repeat(64), 100), null);
      equal(await store.consumeOneTimePassword('b'.repeat(64), 100), null);
      equal(await store.consumeOneTimePassword('c'.repeat(64), 1), null);
      // Gone, not only too late: the clock of this question is turned back.
      const later = { ...password, passwordHash: 'd'.repeat(64), expiresAt: 200 };
      await store.saveOneTimePassword({ ...later, passwordHash: 'e'.repeat(64), expiresAt: 150 }, 140);
      await store.saveOneTimePassword(later, 150);
      equal(await store.findOneTimePassword('e'.repeat(64), 1), null);
    },
  ],
  [
    'keeps the latest value of each setting, of one and of several at once',
    async (store) => {
      await store.saveSettings(new Map([['cors_origins', 'a']]));
      await store.saveSettings(
        new Map([
          ['cors_origins', 'b'],
          ['audit_retention_days', '7'],
        ]),
      );
      const stored = [...(await store.listSettings())].map((entry) => entry.join(' ')).sort();
      deepEqual(stored, ['audit_retention_days 7', 'cors_origins b']);
    },
  ],
  [
    'keeps the first value of a setting that several make up at once',
    async (store) => {
      const first = await Promise.all(
        ['a', 'b', 'c'].map((value) => store.saveFirstSetting('made_up', value)),
      );
      equal(new Set(first).size, 1);
      deepEqual([...(await store.listSettings())], [['made_up', first[0]]]);
      await store.saveSettings(new Map([['made_up', 'd']]));
      equal(await store.saveFirstSetting('made_up', 'e'), 'd');
    },
  ],
  [
    'takes any text as data',
    async (store) => {
      const text = `'; DROP TABLE user_api_keys; -- %_"\\ \u{1F511} \u202E`;
      const { key } = await store.replaceKey(newKey({ userId: text, clientId: text, applicationName: text }));
      deepEqual(await store.findUnrevokedKey(text, 'app', text), key);
      ok(await store.renameClient(key.id, `${text}2`));
    },
  ],
];

/**
 * Every promise of the `Store` interface as a test case, races included. A store is fit for use when all pass.
 *
 * @param createStore makes an empty store; called once for each case, and the store is closed after it
 * @example
 * ```ts
 * for (const { name, run } of storeConformance(() => createMemoryStore())) test(name, run);
 * ```
 */
export function storeConformance(createStore: () => Store | Promise<Store>): ConformanceCase[] {
  const all = [
    ...promises,
    ...adminKeyPromises,
    ...auditPromises,
    ...auditedChangePromises,
    ...clientPromises,
    ...grantPromises,
    ...personalKeyPromises,
    ...pushPromises,
  ];
  return all.map(([name, check]) => ({
    name,
    async run() {
      const store = await createStore();
      try {
        await check(store);
      } finally {
        await store.close();
      }
    },
  }));
}
