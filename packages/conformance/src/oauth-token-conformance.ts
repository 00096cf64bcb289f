import assert from 'node:assert/strict';
import type { NewOauthTokens } from '@valetkey/server';
import type { StorePromise } from './conformance-fixtures.ts';
import { createGrant, GRACE_MS, newTokens } from './oauth-fixtures.ts';

export const oauthTokenPromises: readonly StorePromise[] = [
  [
    'oauth: a refresh gives the next pair; within the grace period a used token gives another one',
    async (store) => {
      const { grant, tokens } = await createGrant(store);
      const next = newTokens({ createdAt: 10_000, expiresAt: 70_000 });
      const refresh = (hash: string, pair: NewOauthTokens) => store.refreshOauthTokens(hash, pair, GRACE_MS);
      assert.equal((await refresh(tokens.refreshTokenHash, next)).kind, 'refreshed');
      const sibling = newTokens({ createdAt: 70_000, expiresAt: 90_000 });
      assert.equal((await refresh(tokens.refreshTokenHash, sibling)).kind, 'refreshed');
      assert.equal((await store.findRefreshToken(tokens.refreshTokenHash))?.usedAt, 10_000);
      for (const pair of [next, sibling]) {
        assert.equal((await store.findRefreshToken(pair.refreshTokenHash))?.usedAt, null);
        assert.equal((await store.findOauthToken(pair.accessTokenHash))?.id, grant.id);
      }
    },
  ],
  [
    'oauth: after the grace period a used refresh token revokes its grant, and tells its live access tokens',
    async (store) => {
      const { grant, tokens } = await createGrant(store);
      const next = newTokens({ createdAt: 10_000, expiresAt: 100_000 });
      await store.refreshOauthTokens(tokens.refreshTokenHash, next, GRACE_MS);
      const late = newTokens({ createdAt: 70_001 });
      const outcome = await store.refreshOauthTokens(tokens.refreshTokenHash, late, GRACE_MS);
      assert.equal(outcome.kind, 'replayed');
      assert.deepEqual(outcome.kind === 'replayed' && outcome.accessTokenHashes, [next.accessTokenHash]);
      const key = await store.findOauthToken(next.accessTokenHash);
      assert.deepEqual([key?.revokedAt, key?.revokedReason], [70_001, 'replayed']);
      assert.equal(await store.findOauthToken(late.accessTokenHash), null);
      const after = await store.refreshOauthTokens(next.refreshTokenHash, newTokens(), GRACE_MS);
      assert.deepEqual(after, { kind: 'invalid' });
      assert.deepEqual(await store.listOauthGrants(grant.userId, 70_001), []);
    },
  ],
  [
    'oauth: of 8 concurrent refreshes with one token, all get tokens of the one grant',
    async (store) => {
      const { grant, tokens } = await createGrant(store);
      const pairs = Array.from({ length: 8 }, () => newTokens({ createdAt: 2_000 }));
      const outcomes = await Promise.all(
        pairs.map((pair) => store.refreshOauthTokens(tokens.refreshTokenHash, pair, GRACE_MS)),
      );
      assert.deepEqual(
        outcomes.map((outcome) => outcome.kind),
        pairs.map(() => 'refreshed'),
      );
      for (const pair of pairs) {
        assert.equal((await store.findOauthToken(pair.accessTokenHash))?.id, grant.id);
      }
    },
  ],
  [
    'oauth: more tokens of a grant are stored while it is live, and never for another one',
    async (store) => {
      const { grant } = await createGrant(store, { expiresAt: 5_000 });
      const add = (createdAt: number, id = grant.id) =>
        store.addOauthTokens(id, newTokens({ createdAt, expiresAt: 5_000 }));
      const pair = newTokens();
      assert.equal((await store.addOauthTokens(grant.id, pair))?.id, grant.id);
      assert.equal((await store.findOauthToken(pair.accessTokenHash))?.id, grant.id);
      assert.equal((await store.findRefreshToken(pair.refreshTokenHash))?.grant.id, grant.id);
      assert.deepEqual([await add(5_000), await add(1_000, grant.id + 100)], [null, null]);
      await store.revokeOauthGrant(grant.id, { revokedAt: 2_000, reason: 'revoked' });
      assert.equal(await add(2_000), null);
    },
  ],
  [
    'oauth: a grant that is revoked while tokens are added returns every access token that it has',
    async (store) => {
      const { grant, tokens } = await createGrant(store);
      const pairs = Array.from({ length: 4 }, () => newTokens({ createdAt: 2_000 }));
      const [revoked, ...added] = await Promise.all([
        store.revokeOauthGrant(grant.id, { revokedAt: 2_000, reason: 'revoked' }),
        ...pairs.map((pair) => store.addOauthTokens(grant.id, pair)),
      ]);
      const stored = pairs.filter((_pair, index) => added[index] !== null);
      const expected = [tokens, ...stored].map(({ accessTokenHash }) => accessTokenHash);
      assert.deepEqual([...(revoked?.accessTokenHashes ?? [])].sort(), expected.sort());
    },
  ],
  [
    'oauth: a grant that is revoked while it is refreshed returns every access token that it has',
    async (store) => {
      for (let round = 0; round < 10; round += 1) {
        const { grant, tokens } = await createGrant(store);
        const next = newTokens({ createdAt: 2_000, expiresAt: 9_000 });
        const [refreshed, revoked] = await Promise.all([
          store.refreshOauthTokens(tokens.refreshTokenHash, next, GRACE_MS),
          store.revokeOauthGrant(grant.id, { revokedAt: 2_000, reason: 'revoked' }),
        ]);
        const wasRefreshed = refreshed.kind === 'refreshed';
        assert.equal(revoked?.accessTokenHashes.includes(next.accessTokenHash), wasRefreshed);
        assert.equal((await store.findOauthToken(next.accessTokenHash)) !== null, wasRefreshed);
      }
    },
  ],
];
