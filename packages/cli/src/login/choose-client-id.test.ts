import { expect, test } from 'vitest';
import type { KeyEntry } from '../keys/key-entry.ts';
import { chooseClientId } from './choose-client-id.ts';

const SECRET = 'ab'.repeat(16);
const entry = (changes: Partial<KeyEntry>): KeyEntry => ({
  id: 'i',
  site: 'https://one.example',
  name: null,
  username: 'alice',
  clientId: 'earlier',
  scopes: [],
  expiresAt: null,
  key: null,
  ...changes,
});
const choose = (site: string, name: string | null = null, entries: readonly KeyEntry[] = []) =>
  chooseClientId({ list: () => entries, installationSecret: async () => SECRET }, site, name);

test('each site is told another id, always the same one, and never what it is made from', async () => {
  const one = await choose('https://one.example');
  const two = await choose('https://two.example');
  expect(one).toMatch(/^[0-9a-f]{32}$/);
  expect(await choose('https://one.example')).toBe(one);
  expect(new Set([one, two, SECRET]).size).toBe(3);
});

test('an identity keeps the id under which it was approved', async () => {
  expect(await choose('https://one.example', null, [entry({})])).toBe('earlier');
  expect(await choose('https://two.example', null, [entry({})])).not.toBe('earlier');
  const bot = entry({ name: 'bot', clientId: 'of-the-bot' });
  expect(await choose('https://one.example', 'bot', [entry({}), bot])).toBe('of-the-bot');
  expect(await choose('https://one.example', null, [bot])).not.toBe('of-the-bot');
});

test('two names on one site never share an id', async () => {
  const [one, other] = [await choose('https://one.example', 'a'), await choose('https://one.example', 'b')];
  expect(one).not.toBe(other);
});
