import { createBrowser } from '@valetkey/test-support/browser';
import { expect, test } from 'vitest';
import { createSignInLimit } from '../src/http/sign-in-limit.ts';
import { BASE, createTestForum } from './test-forum.ts';

test('sign-in limit: sixty attempts a minute', async () => {
  const { browser, advance } = await createTestForum();
  const guesser = browser();
  await guesser.fetchCsrfToken();
  const guess = (password: string) => guesser.send('POST', '/session.json', { login: 'alice', password });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, count) => guess(`guess-${count}`)));
  expect(answers.filter((answer) => answer.status === 429)).toHaveLength(40);

  const refused = await guess('valetkey-demo');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('60');
  expect(await refused.json()).toMatchObject({ error_type: 'rate_limit', extras: { wait_seconds: 60 } });
  expect((await guesser.submit('/login', { login: 'alice', password: 'valetkey-demo' })).status).toBe(429);
  advance(60_000);
  expect(await (await guess('valetkey-demo')).json()).toMatchObject({ user: { username: 'alice' } });
});

test('sign-in limit: IP addresses of one IPv6 network count as one', async () => {
  const { forum } = await createTestForum();
  const guessFrom = async (ipAddress: string) => {
    const guesser = createBrowser((path, init) => forum.fetch(new Request(BASE + path, init), { ipAddress }));
    await guesser.fetchCsrfToken();
    return (await guesser.send('POST', '/session.json', { login: 'alice', password: 'a guess' })).status;
  };
  const ipAddresses = Array.from({ length: 70 }, (_, count) => `2001:db8:1:2::${count}`);
  const statuses = await Promise.all(ipAddresses.map(guessFrom));
  expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  expect(await guessFrom('2001:db8:1:3::1')).toBe(200);
});

test('sign-in limit: a thousand attempts a day', async () => {
  const limit = createSignInLimit();
  for (let count = 0; count < 1_000; count += 1) await limit.count('192.0.2.1', count * 2_000);
  await expect(limit.count('192.0.2.1', 2_000_000)).rejects.toThrow('Wait 84400 seconds');
  await limit.count('192.0.2.1', 86_400_000);
});
