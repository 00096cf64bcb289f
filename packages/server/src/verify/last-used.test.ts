import { expect, test } from 'vitest';
import type { KeyLastUsed } from '../ports/key-store.ts';
import { createLastUsed, type UsedKey } from './last-used.ts';

function createParts() {
  const written: KeyLastUsed[][] = [];
  const state = { isBroken: false };
  const lastUsed = createLastUsed(async (uses) => {
    if (state.isBroken) throw new Error('disk full');
    written.push([...uses]);
  });
  const keyOf = (id: number): UsedKey => ({
    record: { id },
    usedAt: 0,
    usedIpAddress: '',
    usedUserAgent: null,
    isUsePending: false,
    pendingUses: 0,
  });
  return { lastUsed, written, state, keyOf };
}

test('LastUsed.flush: stores the last use of each key once, with its user agent', async () => {
  const { lastUsed, written, keyOf } = createParts();
  const [seven, eight] = [keyOf(7), keyOf(8)];
  lastUsed.note(seven, 1_000, { ipAddress: '192.0.2.7', userAgent: 'plum/1.0' });
  lastUsed.note(eight, 1_500, { ipAddress: '192.0.2.8', userAgent: 'pear/1.0' });
  lastUsed.note(seven, 2_000, { ipAddress: '192.0.2.9', userAgent: null });
  await lastUsed.flush();
  await lastUsed.flush();
  expect(written).toEqual([
    [
      { id: 7, usedAt: 2_000, ipAddress: '192.0.2.9', userAgent: null },
      { id: 8, usedAt: 1_500, ipAddress: '192.0.2.8', userAgent: 'pear/1.0' },
    ],
  ]);
});

test('LastUsed.flush: keeps a batch that cannot be stored, and a later use replaces it', async () => {
  const { lastUsed, written, state, keyOf } = createParts();
  const key = keyOf(7);
  state.isBroken = true;
  lastUsed.note(key, 10, { ipAddress: 'a', userAgent: null });
  await expect(lastUsed.flush()).rejects.toThrow('disk full');
  expect(lastUsed.find(7)).toMatchObject({ usedAt: 10 });
  lastUsed.note(key, 20, { ipAddress: 'b', userAgent: null });
  expect(lastUsed.find(7)).toMatchObject({ usedAt: 20 });
  state.isBroken = false;
  await lastUsed.flush();
  expect(written).toEqual([[{ id: 7, usedAt: 20, ipAddress: 'b', userAgent: null }]]);
  expect(lastUsed.find(7)).toBeNull();
});

test('LastUsed.note: stores a use during a flush with the next batch', async () => {
  const { lastUsed, written, keyOf } = createParts();
  const key = keyOf(7);
  lastUsed.note(key, 10, { ipAddress: 'a', userAgent: null });
  const writing = lastUsed.flush();
  lastUsed.note(key, 20, { ipAddress: 'b', userAgent: null });
  await writing;
  expect(lastUsed.find(7)).toMatchObject({ usedAt: 20, ipAddress: 'b' });
  await lastUsed.flush();
  expect(written.flat().map(({ usedAt }) => usedAt)).toEqual([10, 20]);
});

test('LastUsed.note: loses no use of a key that was evicted and loaded again', async () => {
  const { lastUsed, written, keyOf } = createParts();
  lastUsed.note(keyOf(7), 10, { ipAddress: 'a', userAgent: null });
  lastUsed.note(keyOf(7), 20, { ipAddress: 'b', userAgent: null });
  await lastUsed.flush();
  expect(written.flat()).toEqual([{ id: 7, usedAt: 20, ipAddress: 'b', userAgent: null }]);
});

test('LastUsed.flush: keeps 255 characters of a user agent, well-formed, and no half of a key at the end', async () => {
  const { lastUsed, written, keyOf } = createParts();
  const key = keyOf(7);
  const secret = '0123456789abcdef0123456789abcdef';
  for (const [sent, kept] of [
    [`${'y '.repeat(127)}y`, `${'y '.repeat(127)}y`],
    ['y '.repeat(8_000), `${'y '.repeat(127)}y`],
    [`${'y '.repeat(127)}\u{1F511}`, `${'y '.repeat(127)}�`],
    [`${'y '.repeat(120)}${secret}`, `${'y '.repeat(120)}[redacted]`],
  ] as const) {
    lastUsed.note(key, 3_000, { ipAddress: '192.0.2.7', userAgent: sent });
    expect(lastUsed.find(7)?.userAgent).toBe(kept);
    await lastUsed.flush();
    expect(written.pop()?.[0]?.userAgent).toBe(kept);
  }
});

test('LastUsed.flush: retains no text of stored uses', async () => {
  const { lastUsed, keyOf } = createParts();
  const key = keyOf(7);
  lastUsed.note(key, 1_000, { ipAddress: '192.0.2.7', userAgent: 'plum/1.0' });
  await lastUsed.flush();
  expect(JSON.stringify(key)).not.toMatch(/192|plum/);
});
