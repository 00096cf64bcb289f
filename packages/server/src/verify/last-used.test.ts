import { expect, test } from 'vitest';
import type { KeyLastUsed } from '../ports/key-store.ts';
import { KeyTable, refsAt, USED_IP_ADDRESS, USED_USER_AGENT } from './key-table.ts';
import { createLastUsed } from './last-used.ts';

function createParts() {
  const table = new KeyTable(8);
  const place = table.add('0123456789abcdef');
  const written: KeyLastUsed[] = [];
  const write = async (touches: readonly KeyLastUsed[]) => void written.push(...touches);
  return { table, place, written, lastUsed: createLastUsed({ table, idAt: () => 7, write }) };
}

test('writes the last use, with the agent that it came with', async () => {
  const { place, written, lastUsed } = createParts();
  lastUsed.note(place, 1_000, '192.0.2.7', 'plum/1.0');
  lastUsed.note(place, 2_000, '192.0.2.8', null);
  await lastUsed.flush();
  await lastUsed.flush();
  expect(written).toEqual([{ id: 7, usedAt: 2_000, ipAddress: '192.0.2.8', userAgent: null }]);
});

test('keeps 255 characters of an agent, well-formed, and no half of a key that stands at the cut', async () => {
  const { place, written, lastUsed } = createParts();
  const key = '0123456789abcdef0123456789abcdef';
  for (const [sent, kept] of [
    [`${'y '.repeat(127)}y`, `${'y '.repeat(127)}y`],
    ['y '.repeat(8_000), `${'y '.repeat(127)}y`],
    [`${'y '.repeat(127)}\u{1F511}`, `${'y '.repeat(127)}\uFFFD`],
    [`${'y '.repeat(120)}${key}`, `${'y '.repeat(120)}[redacted]`],
  ] as const) {
    lastUsed.note(place, 3_000, '192.0.2.7', sent);
    await lastUsed.flush();
    expect(written.pop()?.userAgent).toBe(kept);
  }
});

test('holds on to nothing that was written', async () => {
  const { table, place, lastUsed } = createParts();
  lastUsed.note(place, 1_000, '192.0.2.7', 'plum/1.0');
  await lastUsed.flush();
  const first = refsAt(place);
  expect([table.refs[first + USED_IP_ADDRESS], table.refs[first + USED_USER_AGENT]]).toEqual([null, null]);
});
