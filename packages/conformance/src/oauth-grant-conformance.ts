import assert from 'node:assert/strict';
import type { StorePromise } from './conformance-fixtures.ts';
import { createGrant, GRACE_MS, newCode, newGrant, newTokens } from './oauth-fixtures.ts';

export const oauthGrantPromises: readonly StorePromise[] = [
  [
    'oauth: a code gives one grant with its tokens, and keeps neither request nor a second use',
    async (store) => {
      const code = newCode();
      await store.saveAuthorizationCode(code);
      assert.deepEqual(await store.findAuthorizationCode(code.codeHash), {
        ...code,
        usedAt: null,
        grantId: null,
      });
      const tokens = newTokens();
      const grant = await store.redeemAuthorizationCode(code.codeHash, newGrant(), tokens);
      assert.equal(grant?.userId, 'alice');
      assert.deepEqual(grant.scopes, ['read', 'write']);
      assert.deepEqual(await store.findAuthorizationCode(code.codeHash), {
        ...code,
        request: null,
        usedAt: 1_000,
        grantId: grant.id,
      });
      assert.equal(await store.redeemAuthorizationCode(code.codeHash, newGrant(), newTokens()), null);
      assert.equal(await store.consumeAuthorizationCode(code.codeHash, 1_500), false);
      const key = await store.findOauthToken(tokens.accessTokenHash);
      assert.equal(key?.id, grant.id);
      assert.equal(key.kind, 'oauth');
      assert.deepEqual([key.scopes, key.resources, key.expiresAt], [['read'], ['/'], 5_000]);
      assert.deepEqual([key.revokedAt, key.revokedReason, key.retiresAt], [null, null, null]);
    },
  ],
  [
    'oauth: of 16 concurrent redemptions of a code, one gets a grant, and only its tokens exist',
    async (store) => {
      const code = newCode();
      await store.saveAuthorizationCode(code);
      const pairs = Array.from({ length: 16 }, () => newTokens());
      const outcomes = await Promise.all(
        pairs.map((tokens) => store.redeemAuthorizationCode(code.codeHash, newGrant(), tokens)),
      );
      assert.equal(outcomes.filter((grant) => grant !== null).length, 1);
      const found = await Promise.all(pairs.map((tokens) => store.findOauthToken(tokens.accessTokenHash)));
      assert.deepEqual(
        found.map((key) => key !== null),
        outcomes.map((grant) => grant !== null),
      );
      assert.equal((await store.listOauthGrants('alice', 1_000)).length, 1);
    },
  ],
  [
    'oauth: a code is not redeemed from its expiry on, nor after it was consumed',
    async (store) => {
      const [late, consumed] = [newCode(), newCode()];
      await store.saveAuthorizationCode(late);
      await store.saveAuthorizationCode(consumed);
      const expired = newTokens({ createdAt: 2_000 });
      assert.equal(await store.redeemAuthorizationCode(late.codeHash, newGrant(), expired), null);
      assert.equal(await store.consumeAuthorizationCode(late.codeHash, 2_000), false);
      assert.equal(await store.consumeAuthorizationCode(consumed.codeHash, 1_999), true);
      assert.equal(await store.redeemAuthorizationCode(consumed.codeHash, newGrant(), newTokens()), null);
      await store.deleteExpiredCodes(2_001);
      assert.equal(await store.findAuthorizationCode(late.codeHash), null);
    },
  ],
  [
    'oauth: a grant past its expiry cannot be refreshed and is not listed',
    async (store) => {
      const { tokens } = await createGrant(store, { expiresAt: 3_000 });
      assert.equal((await store.listOauthGrants('alice', 2_999)).length, 1);
      assert.equal((await store.listOauthGrants('alice', 3_000)).length, 0);
      const late = newTokens({ createdAt: 3_000 });
      assert.deepEqual(await store.refreshOauthTokens(tokens.refreshTokenHash, late, GRACE_MS), {
        kind: 'invalid',
      });
      assert.equal(await store.findOauthToken(late.accessTokenHash), null);
    },
  ],
  [
    'oauth: two grants of one user and client live side by side, and a revocation ends one of them',
    async (store) => {
      const [one, other] = [await createGrant(store), await createGrant(store)];
      const listed = await store.listOauthGrants('alice', 1_000);
      assert.deepEqual(
        listed.map(({ id }) => id),
        [other.grant.id, one.grant.id],
      );
      const page = { beforeId: other.grant.id, limit: 1 };
      assert.deepEqual(await store.listOauthGrants('alice', 1_000, page), [one.grant]);
      const revoking = { revokedAt: 1_500, reason: 'revoked' } as const;
      const [first, second] = await Promise.all([
        store.revokeOauthGrant(one.grant.id, revoking),
        store.revokeOauthGrant(one.grant.id, revoking),
      ]);
      assert.equal([first, second].filter((outcome) => outcome !== null).length, 1);
      assert.deepEqual((first ?? second)?.accessTokenHashes, [one.tokens.accessTokenHash]);
      assert.equal((await store.findOauthToken(one.tokens.accessTokenHash))?.revokedReason, 'revoked');
      assert.equal((await store.findOauthToken(other.tokens.accessTokenHash))?.revokedAt, null);
      assert.equal((await store.findOauthGrant(one.grant.id))?.revokedAt, 1_500);
    },
  ],
  [
    'oauth: all grants of a client are revoked with their tokens, those of other clients are not',
    async (store) => {
      const [one, other] = [await createGrant(store), await createGrant(store, { userId: 'bob' })];
      const elsewhere = await createGrant(store, { clientId: 'another' });
      const revoking = { revokedAt: 1_500, reason: 'revoked_by_admin' } as const;
      const revoked = await store.revokeOauthGrantsOfClient(one.grant.clientId, revoking);
      assert.deepEqual(
        revoked.map(({ grant, accessTokenHashes }) => [grant.id, accessTokenHashes]),
        [one, other].map(({ grant, tokens }) => [grant.id, [tokens.accessTokenHash]]),
      );
      assert.deepEqual(await store.revokeOauthGrantsOfClient(one.grant.clientId, revoking), []);
      assert.equal((await store.findOauthGrant(elsewhere.grant.id))?.revokedAt, null);
    },
  ],
  [
    'oauth: one access token is revoked once, and its grant stays',
    async (store) => {
      const { grant, tokens } = await createGrant(store);
      assert.equal(await store.revokeOauthToken(tokens.accessTokenHash, 1_200), true);
      assert.equal(await store.revokeOauthToken(tokens.accessTokenHash, 1_300), false);
      const key = await store.findOauthToken(tokens.accessTokenHash);
      assert.deepEqual([key?.revokedAt, key?.revokedReason], [1_200, 'revoked']);
      assert.equal((await store.findOauthGrant(grant.id))?.revokedAt, null);
    },
  ],
  [
    'oauth: last uses belong to the grant, and an older one changes nothing',
    async (store) => {
      const { grant, tokens } = await createGrant(store);
      const use = { id: grant.id, usedAt: 1_500, ipAddress: '192.0.2.1', userAgent: 'a' };
      await store.recordOauthGrantsUsed([use, { ...use, usedAt: 1_400, userAgent: 'b' }]);
      const key = await store.findOauthToken(tokens.accessTokenHash);
      assert.deepEqual([key?.lastUsedAt, key?.lastUsedUserAgent], [1_500, 'a']);
    },
  ],
  [
    'oauth: stale grants are revoked batch by batch, used ones are not',
    async (store) => {
      const [unused, used] = [await createGrant(store), await createGrant(store)];
      await store.recordOauthGrantsUsed([
        { id: used.grant.id, usedAt: 9_000, ipAddress: '', userAgent: null },
      ]);
      const stale = { unusedSince: 5_000, approvedBefore: null, revokedAt: 10_000 };
      const first = await store.revokeStaleOauthGrants({ ...stale, afterId: 0, limit: 1 });
      assert.deepEqual(
        first.revoked.map(({ grant }) => [grant.id, grant.revokedReason]),
        [[unused.grant.id, 'unused']],
      );
      const second = await store.revokeStaleOauthGrants({
        ...stale,
        afterId: first.lastId ?? 0,
        limit: 10,
      });
      assert.deepEqual([second.revoked, second.lastId], [[], null]);
      const old = { unusedSince: null, approvedBefore: 5_000, revokedAt: 10_000, afterId: 0, limit: 10 };
      const { revoked } = await store.revokeStaleOauthGrants(old);
      assert.deepEqual(
        revoked.map(({ grant }) => [grant.id, grant.revokedReason]),
        [[used.grant.id, 'too_old']],
      );
    },
  ],
  [
    'oauth: expired access tokens, old used refresh tokens and ended grants are deleted with all that belongs to them',
    async (store) => {
      const [ended, live] = [await createGrant(store, { expiresAt: 6_000 }), await createGrant(store)];
      const next = newTokens({ createdAt: 4_000, expiresAt: 9_000 });
      await store.refreshOauthTokens(live.tokens.refreshTokenHash, next, GRACE_MS);
      await store.deleteExpiredOauth({ accessTokens: 5_001, refreshTokens: 4_001, grants: 6_001 });
      assert.equal(await store.findOauthToken(live.tokens.accessTokenHash), null);
      assert.equal(await store.findRefreshToken(live.tokens.refreshTokenHash), null);
      assert.equal((await store.findRefreshToken(next.refreshTokenHash))?.grant.id, live.grant.id);
      assert.equal((await store.findOauthToken(next.accessTokenHash))?.id, live.grant.id);
      assert.equal(await store.findOauthGrant(ended.grant.id), null);
      assert.equal(await store.findRefreshToken(ended.tokens.refreshTokenHash), null);
    },
  ],
];
