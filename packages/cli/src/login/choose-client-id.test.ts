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

test('client id: differs for each site, is stable, and does not reveal its secret', async () => {
  const one = await choose('https://one.example');
  const two = await choose('https://two.example');
  expect(one).toMatch(/^[0-9a-f]{32}$/);
  expect(await choose('https://one.example')).toBe(one);
  expect(new Set([one, two, SECRET]).size).toBe(3);
});

test('client id: stays the same for an identity', async () => {
  expect(await choose('https://one.example', null, [entry({})])).toBe('earlier');
  expect(await choose('https://two.example', null, [entry({})])).not.toBe('earlier');
  const bot = entry({ name: 'bot', clientId: 'of-the-bot' });
  expect(await choose('https://one.example', 'bot', [entry({}), bot])).toBe('of-the-bot');
  expect(await choose('https://one.example', null, [bot])).not.toBe('of-the-bot');
});

test('client id: differs for two names on one site', async () => {
  const [one, other] = [await choose('https://one.example', 'a'), await choose('https://one.example', 'b')];
  expect(one).not.toBe(other);
});
