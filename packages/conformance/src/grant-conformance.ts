import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import type { GrantApproval, NewGrant, Store } from '@valetkey/server';
import { newKey, type StorePromise } from './conformance-fixtures.ts';
import { newGrant as newOauthGrant } from './oauth-fixtures.ts';

const NOW = 1_000;
const END = 601_000;
const SECRETS = { deviceCode: 'd', userCode: 'u', requestToken: 'r' } as const;

/** A grant whose hashes end in this letter. */
const newGrant = (letter = '1', changes: Partial<NewGrant> = {}): NewGrant => ({
  deviceCodeHash: `d${letter}`,
  userCodeHash: `u${letter}`,
  requestTokenHash: `r${letter}`,
  clientId: 'client-1',
  request: `{"nonce":"nonce-${letter}"}`,
  createdAt: NOW,
  createdFrom: '192.0.2.7',
  expiresAt: END,
  ...changes,
});

const bindTo = (store: Store, userId: string, token: string, now = NOW) =>
  store.bindGrant({ deviceCodeHash: 'd1', userId, approvalTokenHash: token }, now);

const approval = (changes: Partial<GrantApproval> = {}): GrantApproval => ({
  approvalTokenHash: 'token',
  answer: 'sealed',
  answerUntil: 62_000,
  ...changes,
});

async function storeWithBoundGrant(store: Store): Promise<void> {
  await store.saveGrant(newGrant());
  ok(await bindTo(store, 'alice', 'token'));
}

const liveKeys = async (store: Store) =>
  (await store.listKeys('alice')).filter(({ revokedAt }) => revokedAt === null);

/** The promises of `GrantStore`. */
export const grantPromises: readonly StorePromise[] = [
  [
    'approveGrant: leaves the grant pending if the user has max active keys',
    async (store) => {
      await storeWithBoundGrant(store);
      await store.replaceKey(newKey({ clientId: 'other' }));
      const approve = (max: number) => store.approveGrant(approval({ max }), newKey(), NOW);
      await rejects(() => approve(1), { code: 'too_many_app_keys' });
      equal((await store.findGrant('approvalToken', 'token', NOW))?.state, 'pending');
      equal((await liveKeys(store)).length, 1);
      ok(await approve(2));
    },
  ],
  [
    'approveGrantForOauth: stores one OAuth grant for twenty concurrent approvals, and its id in the answer',
    async (store) => {
      await storeWithBoundGrant(store);
      const answer = ({ id }: { id: number }) => `grant ${id}`;
      const approve = (userId: string) =>
        store.approveGrantForOauth(
          { approvalTokenHash: 'token', answerUntil: 62_000, answer },
          newOauthGrant({ userId, createdAt: NOW }),
        );
      equal(await approve('bob'), null);
      const approved = await Promise.all(Array.from({ length: 20 }, () => approve('alice')));
      const [grant, ...others] = approved.filter((found) => found !== null);
      deepEqual([others, (await store.listOauthGrants('alice', NOW)).length], [[], 1]);
      const found = await store.findGrant('deviceCode', 'd1', NOW);
      deepEqual([found?.state, found?.request, found?.answer], ['approved', null, `grant ${grant?.id}`]);
    },
  ],
  [
    'findGrant: finds a grant by each of its codes until it expires',
    async (store) => {
      await store.saveGrant(newGrant('1'));
      await store.saveGrant(newGrant('2'));
      const found = await store.findGrant('deviceCode', 'd1', NOW);
      deepEqual(found, {
        ...newGrant('1'),
        state: 'pending',
        answer: null,
        answerUntil: null,
        userId: null,
        approvalTokenHash: null,
      });
      for (const [by, letter] of Object.entries(SECRETS)) {
        deepEqual(await store.findGrant(by as keyof typeof SECRETS, `${letter}1`, END - 1), found);
        equal(await store.findGrant(by as keyof typeof SECRETS, `${letter}1`, END), null);
        equal(await store.findGrant(by as keyof typeof SECRETS, `${letter}9`, NOW), null);
      }
      equal(await store.findGrant('approvalToken', 'token', NOW), null);
    },
  ],
  [
    'saveGrant: rejects a code of another grant that is not expired',
    async (store) => {
      await store.saveGrant(newGrant('1'));
      for (const shared of ['deviceCodeHash', 'userCodeHash', 'requestTokenHash'] as const) {
        await rejects(store.saveGrant(newGrant('2', { [shared]: newGrant('1')[shared] })));
      }
      equal(await store.findGrant('deviceCode', 'd2', NOW), null);
      await store.saveGrant(newGrant('2', { userCodeHash: 'u1', createdAt: END, expiresAt: END + 9 }));
      equal((await store.findGrant('userCode', 'u1', END))?.deviceCodeHash, 'd2');
    },
  ],
  [
    'bindGrant: binds a grant to one of ten concurrent users, and to no other afterwards',
    async (store) => {
      await store.saveGrant(newGrant());
      const users = Array.from({ length: 10 }, (_, index) => `user-${index}`);
      const outcomes = await Promise.all(users.map((id) => bindTo(store, id, `token of ${id}`)));
      equal(outcomes.filter((outcome) => outcome).length, 1);
      const owner = users[outcomes.indexOf(true)] ?? '';
      equal((await store.findGrant('deviceCode', 'd1', NOW))?.userId, owner);
      equal(await bindTo(store, 'late', 'late'), false);
      ok(await bindTo(store, owner, 'second token'));
      equal(
        await store.findGrant('approvalToken', `token of ${owner}`, NOW),
        null,
        'the earlier token is invalid',
      );
      equal((await store.findGrant('approvalToken', 'second token', NOW))?.userId, owner);
    },
  ],
  [
    'approveGrant: issues one key for twenty concurrent approvals, and deletes the request',
    async (store) => {
      const earlier = (await store.replaceKey(newKey())).key;
      await storeWithBoundGrant(store);
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => store.approveGrant(approval(), newKey(), NOW)),
      );
      const issued = outcomes.filter((outcome) => outcome !== null);
      equal(issued.length, 1);
      equal(issued[0]?.replaced[0]?.id, earlier.id);
      deepEqual(await liveKeys(store), [issued[0]?.key]);
      const grant = await store.findGrant('deviceCode', 'd1', NOW);
      equal(grant?.state, 'approved');
      equal(grant?.request, null);
      equal(grant?.answer, 'sealed');
    },
  ],
  [
    'approveGrant and denyGrant: one succeeds if both run concurrently',
    async (store) => {
      await storeWithBoundGrant(store);
      const [denied, approved] = await Promise.all([
        store.denyGrant('token', NOW),
        store.approveGrant(approval(), newKey(), NOW),
      ]);
      equal(denied, approved === null);
      equal((await liveKeys(store)).length, denied ? 0 : 1);
      equal((await store.findGrant('deviceCode', 'd1', NOW))?.request, null);
      equal(await store.denyGrant('token', NOW), false);
      equal(await bindTo(store, 'alice', 'again'), false);
    },
  ],
  [
    'approveGrant: changes neither grant nor key if the key cannot be stored',
    async (store) => {
      const earlier = (await store.replaceKey(newKey())).key;
      await storeWithBoundGrant(store);
      await rejects(store.approveGrant(approval(), newKey({ keyHash: earlier.keyHash }), NOW));
      deepEqual(await liveKeys(store), [earlier]);
      equal((await store.findGrant('deviceCode', 'd1', NOW))?.state, 'pending');
      ok(await store.approveGrant(approval(), newKey(), NOW));
    },
  ],
  [
    'approveGrant: needs the bound user, the token and a grant that is not expired',
    async (store) => {
      await storeWithBoundGrant(store);
      equal(await store.approveGrant(approval({ approvalTokenHash: 'other' }), newKey(), NOW), null);
      equal(await store.approveGrant(approval(), newKey({ userId: 'bob' }), NOW), null);
      equal(await store.approveGrant(approval(), newKey(), END), null);
      equal(await store.denyGrant('token', END), false);
      equal(await bindTo(store, 'alice', 'late', END), false);
      deepEqual(await store.listKeys('alice'), []);
      equal((await store.findGrant('deviceCode', 'd1', NOW))?.state, 'pending');
    },
  ],
  [
    'deleteExpiredGrants: keeps an answer until answerUntil, and then deletes the grant',
    async (store) => {
      await storeWithBoundGrant(store);
      await store.saveGrant(newGrant('2'));
      await store.approveGrant(approval({ answerUntil: END + 50 }), newKey(), END - 10);
      equal((await store.findGrant('deviceCode', 'd1', END + 49))?.answer, 'sealed');
      await store.deleteExpiredGrants(END + 49);
      equal((await store.findGrant('deviceCode', 'd1', END + 49))?.answer, 'sealed');
      await store.deleteExpiredGrants(END + 50);
      // An earlier time shows that it is deleted, not only expired.
      for (const code of ['d1', 'd2']) equal(await store.findGrant('deviceCode', code, NOW), null);
    },
  ],
  [
    'shortenAnswer: ends an answer earlier, never later, and of no other grant',
    async (store) => {
      await storeWithBoundGrant(store);
      await store.saveGrant(newGrant('2'));
      await store.shortenAnswer('d1', 500);
      await store.approveGrant(approval({ answerUntil: END }), newKey(), NOW);
      await Promise.all([70_000, 62_000, 90_000].map((until) => store.shortenAnswer('d1', until)));
      await store.shortenAnswer('d2', 10);
      await store.shortenAnswer('unknown', 10);
      equal((await store.findGrant('deviceCode', 'd1', 61_999))?.answer, 'sealed');
      equal((await store.findGrant('deviceCode', 'd1', 62_000))?.answer, null);
      equal(
        (await store.findGrant('deviceCode', 'd1', END - 1))?.state,
        'approved',
        'the grant itself stays',
      );
      equal((await store.findGrant('deviceCode', 'd2', END - 1))?.state, 'pending');
    },
  ],
  [
    'findGrant: returns no answer from answerUntil on, while the grant still shows that its code was used',
    async (store) => {
      await storeWithBoundGrant(store);
      await store.approveGrant(approval({ answerUntil: 62_000 }), newKey(), NOW);
      equal((await store.findGrant('userCode', 'u1', 61_999))?.answer, 'sealed');
      equal((await store.findGrant('userCode', 'u1', 62_000))?.answer, null);
      await store.deleteExpiredGrants(62_000);
      const used = await store.findGrant('userCode', 'u1', NOW);
      equal(used?.answer, null);
      equal(used?.state, 'approved');
    },
  ],
];
