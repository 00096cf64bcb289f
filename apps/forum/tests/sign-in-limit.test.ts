import { expect, test } from 'vitest';
import { createTestForum } from './test-forum.ts';

test('of a list of passwords tried at once, no more than sixty a minute are looked at', async () => {
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
