import { expect, test } from 'vitest';
import { createMemoryLoginStore, createServerLogins, type LoginStore } from '../src/node/index.ts';
import { answerAddress, KEY } from './seal-answer.ts';

const authRedirect = 'https://app.example/callback';
function createApp(store: LoginStore = createMemoryLoginStore()) {
  const applicationName = 'A web app';
  return createServerLogins({
    site: 'https://x.example/forum',
    applicationName,
    scopes: ['read'],
    authRedirect,
    store,
  });
}

test.each(['oaep', 'pkcs1'] as const)(
  'several people log in at once, each in their browser (%s)',
  async (padding) => {
    const app = createApp();
    const [alice, bob] = await Promise.all([app.start(), app.start()]);
    expect(alice.url.searchParams.get('auth_redirect')).toBe(authRedirect);
    expect([alice.browserToken, alice.url.href]).not.toEqual([bob.browserToken, bob.url.href]);
    for (const { url, browserToken } of [bob, alice]) {
      expect(await app.finish(browserToken, answerAddress(url, padding))).toEqual({
        key: KEY,
        clientId: url.searchParams.get('client_id'),
        expiresAt: null,
        push: false,
        api: 4,
        site: 'https://x.example/forum',
      });
    }
  },
);

test('an answer that is brought twice, even at the same instant, counts once', async () => {
  const app = createApp();
  const { url, browserToken } = await app.start();
  const finish = () => app.finish(browserToken, answerAddress(url));
  const outcomes = await Promise.allSettled([finish(), finish()]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(finish()).rejects.toMatchObject({ code: 'login_unknown' });
});

test('an attacker’s answer in a victim’s browser opens nothing', async () => {
  const app = createApp();
  const [attacker, victim] = await Promise.all([app.start(), app.start()]);
  const slipped = answerAddress(attacker.url);
  await expect(app.finish(victim.browserToken, slipped)).rejects.toMatchObject({
    code: 'payload_cannot_be_opened',
  });
  for (const nobody of [null, undefined, '', 'f'.repeat(32)])
    await expect(app.finish(nobody, slipped)).rejects.toMatchObject({ code: 'login_unknown' });
});

test('a login is judged once: what failed cannot be tried again with something else', async () => {
  const app = createApp();
  const { url, browserToken } = await app.start();
  await expect(app.finish(browserToken, `${authRedirect}?error=access_denied`)).rejects.toMatchObject({
    code: 'access_denied',
  });
  await expect(app.finish(browserToken, answerAddress(url))).rejects.toMatchObject({ code: 'login_unknown' });
});

test('each may bring a site of their own; none is not enough', async () => {
  const app = createApp();
  const { url, browserToken } = await app.start({ site: 'https://other.example/' });
  expect(url.origin).toBe('https://other.example');
  expect(await app.finish(browserToken, answerAddress(url))).toMatchObject({ site: 'https://other.example' });
  const store = createMemoryLoginStore();
  const siteless = createServerLogins({ applicationName: 'a', scopes: ['read'], authRedirect, store });
  await expect(siteless.start()).rejects.toMatchObject({ code: 'parameter_invalid' });
});

test('the memory forgets after the time it was told, and lets the oldest go when it is full', async () => {
  let now = 0;
  const store = createMemoryLoginStore({ maxLogins: 2, clock: { now: () => now } });
  await store.put('late', 'a', 10);
  now = 10_000;
  expect(await store.consume('late')).toBeNull();
  await store.put('one', '1', 10);
  await store.put('two', '2', 10);
  await store.put('three', '3', 10);
  expect(await store.consume('one')).toBeNull();
  expect([await store.consume('two'), await store.consume('three'), await store.consume('three')]).toEqual([
    '2',
    '3',
    null,
  ]);
});
