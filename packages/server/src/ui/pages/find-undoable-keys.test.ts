import { expect, test } from 'vitest';
import type { KeyRecord } from '../../core/key/key-record.ts';
import { findUndoableKeys } from './find-undoable-keys.ts';

const NOW = 1_000 * 86_400_000;

const revoked = (id: number, changes: Partial<KeyRecord> = {}): KeyRecord => ({
  id,
  keyHash: String(id),
  userId: 'alice',
  kind: 'app',
  clientId: `client-${id}`,
  applicationName: 'An app',
  scopes: ['read'],
  isUrlKey: false,
  pushUrl: null,
  createdAt: 1,
  expiresAt: null,
  retiresAt: null,
  allowedIpAddresses: null,
  lastUsedAt: null,
  lastUsedIpAddress: null,
  lastUsedUserAgent: null,
  revokedAt: NOW - 1,
  revokedReason: 'revoked',
  restoredAt: null,
  ...changes,
});

test('finds what was revoked by hand or for want of use, and nothing that was replaced or is too old', () => {
  const reasons = ['revoked', 'unused', 'replaced', 'too_old'] as const;
  const keys = reasons.map((revokedReason, index) => revoked(9 - index, { revokedReason }));
  expect(findUndoableKeys(keys, NOW).map(({ revokedReason }) => revokedReason)).toEqual([
    'revoked',
    'unused',
  ]);
});

test('finds of one client and kind the newest alone, and none beside a live one', () => {
  const place = { clientId: 'same' };
  const live = { revokedAt: null, revokedReason: null };
  const ids = (keys: KeyRecord[]) => findUndoableKeys(keys, NOW).map(({ id }) => id);
  expect(ids([revoked(3, place), revoked(2, place), revoked(1, { ...place, kind: 'feed' })])).toEqual([3, 1]);
  expect(ids([revoked(2, { ...place, ...live }), revoked(1, place)])).toEqual([]);
});

test('finds none that was rotated, though its successor is listed no more', () => {
  const rotated = revoked(1, { kind: 'personal', retiresAt: NOW + 1 });
  expect(findUndoableKeys([rotated], NOW)).toEqual([]);
});

test('looks at each of 20,000 keys a few times, not at each pair of them', () => {
  let looks = 0;
  const keys = Array.from({ length: 20_000 }, (_, index) => {
    const key = revoked(20_000 - index);
    const { clientId } = key;
    return Object.defineProperty(key, 'clientId', {
      get() {
        looks += 1;
        return clientId;
      },
    });
  });
  expect(findUndoableKeys(keys, NOW)).toHaveLength(20_000);
  expect(looks).toBeLessThanOrEqual(keys.length * 2);
});
