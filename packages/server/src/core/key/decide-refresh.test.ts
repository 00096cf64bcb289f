import { expect, test } from 'vitest';
import { decideRefresh } from './decide-refresh.ts';

const NOW = 1_000_000;
const GRACE_MS = 60_000;

const LIVE = { revokedAt: null, expiresAt: NOW + 1 };
const GRANTS = {
  'without expiry': { revokedAt: null, expiresAt: null },
  'that expires in 1 ms': LIVE,
  'that expires now': { revokedAt: null, expiresAt: NOW },
  'that is revoked': { revokedAt: NOW - 1, expiresAt: null },
  'that is revoked and expired': { revokedAt: NOW - 1, expiresAt: NOW - 1 },
};
const USES = {
  unused: null,
  'used now': NOW,
  'used a grace period ago': NOW - GRACE_MS,
  'used 1 ms before the grace period': NOW - GRACE_MS - 1,
  'used long ago': 0,
  // The clock was set back since.
  'used in the future': NOW + 1,
};
const REFRESHED = ['unused', 'used now', 'used a grace period ago', 'used in the future'];
const LIVE_GRANTS = ['without expiry', 'that expires in 1 ms'];

const rows = Object.keys(USES).flatMap((use) => Object.keys(GRANTS).map((grant) => [use, grant] as const));

test.each(rows)('decideRefresh: a token that is %s, of a grant %s', (use, name) => {
  const grant = GRANTS[name as keyof typeof GRANTS];
  const decision = decideRefresh({ grant, usedAt: USES[use as keyof typeof USES] }, NOW, GRACE_MS);
  if (!LIVE_GRANTS.includes(name)) expect(decision).toEqual({ kind: 'refuse' });
  else expect(decision).toEqual({ kind: REFRESHED.includes(use) ? 'refresh' : 'revoke_grant', grant });
});

test('decideRefresh: refuses an unknown token', () => {
  expect(decideRefresh(null, NOW, GRACE_MS)).toEqual({ kind: 'refuse' });
});

test('decideRefresh: without a grace period, accepts a second use in the same millisecond only', () => {
  const kindAt = (usedAt: number) => decideRefresh({ grant: LIVE, usedAt }, NOW, 0).kind;
  expect([NOW, NOW - 1].map(kindAt)).toEqual(['refresh', 'revoke_grant']);
});
