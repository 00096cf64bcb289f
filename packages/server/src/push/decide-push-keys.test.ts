import { newKey } from '@valetkey/conformance/fixtures';
import { expect, test } from 'vitest';
import { createBlockList } from '../core/blocks/block-list.ts';
import type { KeyRecord } from '../core/key/key-record.ts';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';
import { decidePushKeys } from './decide-push-keys.ts';

const URL_A = 'https://push.example/a';
const NOW = 1_000;
const alice = {
  id: 'alice',
  username: 'alice',
  avatarTemplate: null,
  isAdmin: false,
  isStaff: false,
  isSuspended: false,
  groups: [],
};
const settings = {
  allowed_user_api_push_urls: [URL_A, 'https://push.example/b'],
  blocks: createBlockList([]),
};
const { key: stored } = await createMemoryStore().replaceKey(newKey({ scopes: ['push'], pushUrl: URL_A }));
const key = (changes: Partial<KeyRecord> = {}): KeyRecord => ({ ...stored, ...changes });
const count = (changes: Partial<KeyRecord>, user: typeof alice | null = alice) =>
  decidePushKeys([key(changes)], user, settings, NOW).length;

test.each<[string, Partial<KeyRecord>]>([
  ['with push', {}],
  ['with notifications', { scopes: ['read', 'notifications'] }],
  ['at another push URL of the list', { pushUrl: 'https://push.example/b' }],
  ['one millisecond before it expires', { expiresAt: NOW + 1 }],
  ['one millisecond before its grace period ends', { retiresAt: NOW + 1 }],
])('decidePushKeys: includes an active key %s', (_name, changes) => {
  expect(count(changes)).toBe(1);
});

test.each<[string, Partial<KeyRecord>]>([
  ['of another user', { userId: 'bob' }],
  ['that was revoked', { revokedAt: 1, revokedReason: 'revoked' }],
  ['that was replaced', { revokedAt: 1, revokedReason: 'replaced' }],
  ['at its expiry', { expiresAt: NOW }],
  ['at the end of its grace period', { retiresAt: NOW, expiresAt: NOW + 1 }],
  ['without push or notifications', { scopes: ['read', 'write', 'message_bus', 'push2'] }],
  ['without scopes', { scopes: [] }],
  ['without a push URL', { pushUrl: null }],
  ['with an empty push URL', { pushUrl: '' }],
  ['whose push URL starts with a listed one', { pushUrl: `${URL_A}/more` }],
  ['whose push URL is a part of a listed one', { pushUrl: 'https://push.example/' }],
  ['whose push URL differs in case', { pushUrl: URL_A.toUpperCase() }],
])('decidePushKeys: excludes a key %s', (_name, changes) => {
  expect(count(changes)).toBe(0);
});

test('decidePushKeys: excludes the keys of suspended and deleted users', () => {
  expect(count({}, { ...alice, isSuspended: true })).toBe(0);
  expect(count({}, null)).toBe(0);
});

test.each([
  ['host', 'push.example'],
  ['client_id', stored.clientId],
] as const)('decidePushKeys: excludes a key of an app that is blocked by %s', (kind, value) => {
  const blocks = createBlockList([{ kind, value, reason: '', createdAt: 0, createdBy: 'admin' }]);
  expect(decidePushKeys([key()], alice, { ...settings, blocks }, NOW)).toEqual([]);
});

test('decidePushKeys: includes each client once, however many keys it has, also two clients of one push URL', () => {
  const keys = [key({ id: 1 }), key({ id: 2 }), key({ id: 3, clientId: 'other' })];
  const receivers = decidePushKeys(keys, alice, settings, NOW).map(({ clientId }) => clientId);
  expect(receivers).toEqual([stored.clientId, 'other']);
});
