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
  sentClientId: null,
  applicationName: 'An app',
  scopes: ['read'],
  isUrlKey: false,
  pushUrl: null,
  authRedirect: null,
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

test('findUndoableKeys: finds keys that were revoked by a user, by an admin or as unused, and no replaced or too old ones', () => {
  const reasons = ['revoked', 'unused', 'revoked_by_admin', 'replaced', 'too_old'] as const;
  const keys = reasons.map((revokedReason, index) => revoked(9 - index, { revokedReason }));
  expect(findUndoableKeys(keys, NOW).map(({ revokedReason }) => revokedReason)).toEqual([
    'revoked',
    'unused',
    'revoked_by_admin',
  ]);
});

test('findUndoableKeys: finds only the newest key of a client and kind, and none beside an active key', () => {
  const client = { clientId: 'same' };
  const active = { revokedAt: null, revokedReason: null };
  const ids = (keys: KeyRecord[]) => findUndoableKeys(keys, NOW).map(({ id }) => id);
  expect(ids([revoked(3, client), revoked(2, client), revoked(1, { ...client, kind: 'feed' })])).toEqual([
    3, 1,
  ]);
  expect(ids([revoked(2, { ...client, ...active }), revoked(1, client)])).toEqual([]);
});

test('findUndoableKeys: finds no rotated key, even if its successor is not listed', () => {
  const rotated = revoked(1, { kind: 'personal', retiresAt: NOW + 1 });
  expect(findUndoableKeys([rotated], NOW)).toEqual([]);
});

test('findUndoableKeys: takes linear time for 20,000 keys', () => {
  let reads = 0;
  const keys = Array.from({ length: 20_000 }, (_, index) => {
    const key = revoked(20_000 - index);
    const { clientId } = key;
    return Object.defineProperty(key, 'clientId', {
      get() {
        reads += 1;
        return clientId;
      },
    });
  });
  expect(findUndoableKeys(keys, NOW)).toHaveLength(20_000);
  expect(reads).toBeLessThanOrEqual(keys.length * 2);
});
