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
  'server logins: several users log in at the same time (%s)',
  async (padding) => {
    const app = createApp();
    const [alice, bob] = await Promise.all([app.start(), app.start()]);
    expect(alice.url.searchParams.get('auth_redirect')).toBe(authRedirect);
    expect([alice.browserToken, alice.url.href]).not.toEqual([bob.browserToken, bob.url.href]);
    for (const { url, browserToken } of [bob, alice]) {
      expect(await app.finish(browserToken, answerAddress(url, padding))).toEqual({
        key: KEY,
        clientId: url.searchParams.get('client_id'),
        scopes: ['read'],
        expiresAt: null,
        push: false,
        api: 4,
        site: 'https://x.example/forum',
      });
    }
  },
);

test('server logins: accept an answer once, also if it arrives twice at the same time', async () => {
  const app = createApp();
  const { url, browserToken } = await app.start();
  const finish = () => app.finish(browserToken, answerAddress(url));
  const outcomes = await Promise.allSettled([finish(), finish()]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(finish()).rejects.toMatchObject({ code: 'login_unknown' });
});

test('server logins: reject an attacker’s answer in the browser of a victim', async () => {
  const app = createApp();
  const [attacker, victim] = await Promise.all([app.start(), app.start()]);
  const slipped = answerAddress(attacker.url);
  await expect(app.finish(victim.browserToken, slipped)).rejects.toMatchObject({
    code: 'payload_cannot_be_opened',
  });
  for (const nobody of [null, undefined, '', 'f'.repeat(32)])
    await expect(app.finish(nobody, slipped)).rejects.toMatchObject({ code: 'login_unknown' });
});

test('server logins: an invalid answer changes nothing', async () => {
  const app = createApp();
  const { url, browserToken } = await app.start();
  const attempts = [
    [`${authRedirect}?payload=x`, 'sealed_payload_unreadable'],
    [authRedirect, 'sealed_payload_unreadable'],
    [answerAddress((await createApp().start()).url), 'payload_cannot_be_opened'],
  ] as const;
  for (const [address, code] of attempts)
    await expect(app.finish(browserToken, address)).rejects.toMatchObject({ code });
  expect(await app.finish(browserToken, answerAddress(url))).toMatchObject({ key: KEY });
});

test('server logins: two tabs finish in any order, up to the limit of the cookie', async () => {
  const app = createApp();
  const first = await app.start();
  const second = await app.start({}, first.browserToken);
  const { browserToken } = second;
  expect(await app.finish(browserToken, answerAddress(first.url))).toMatchObject({ key: KEY });
  expect(await app.finish(browserToken, answerAddress(second.url))).toMatchObject({ key: KEY });
  let token = browserToken;
  for (let count = 0; count < 5; count += 1) token = (await app.start({}, token)).browserToken;
  expect(token).toMatch(/^[0-9a-f]{32}(\.[0-9a-f]{32}){4}$/);
  const { browserToken: clean } = await app.start({}, '; Path=/; Domain=evil.example');
  expect(clean).toMatch(/^[0-9a-f]{32}$/);
});

test('server logins: access_denied ends only the newest login', async () => {
  const app = createApp();
  const first = await app.start();
  const { browserToken, url } = await app.start({}, first.browserToken);
  const declined = app.finish(browserToken, `${authRedirect}?error=access_denied`);
  await expect(declined).rejects.toMatchObject({ code: 'access_denied' });
  await expect(app.finish(browserToken, answerAddress(url))).rejects.toMatchObject({
    code: 'payload_cannot_be_opened',
  });
  expect(await app.finish(browserToken, answerAddress(first.url))).toMatchObject({ key: KEY });
});

test('server logins: a declined login has ended', async () => {
  const app = createApp();
  const { url, browserToken } = await app.start();
  await expect(app.finish(browserToken, `${authRedirect}?error=access_denied`)).rejects.toMatchObject({
    code: 'access_denied',
  });
  await expect(app.finish(browserToken, answerAddress(url))).rejects.toMatchObject({ code: 'login_unknown' });
});

test('server logins: each login may have its own site, and needs one', async () => {
  const app = createApp();
  const { url, browserToken } = await app.start({ site: 'https://other.example/' });
  expect(url.origin).toBe('https://other.example');
  expect(await app.finish(browserToken, answerAddress(url))).toMatchObject({ site: 'https://other.example' });
  const store = createMemoryLoginStore();
  const siteless = createServerLogins({ applicationName: 'a', scopes: ['read'], authRedirect, store });
  await expect(siteless.start()).rejects.toMatchObject({ code: 'parameter_invalid' });
});

test('createMemoryLoginStore: forgets a login after its time', async () => {
  let now = 0;
  const store = createMemoryLoginStore({ maxLogins: 1, clock: { now: () => now } });
  await store.put('late', 'a', 10);
  expect(await store.find('late')).toBe('a');
  now = 10_000;
  expect([await store.find('late'), await store.consume('late')]).toEqual([null, null]);
  await store.put('next', 'b', 10);
  expect([await store.consume('next'), await store.consume('next')]).toEqual(['b', null]);
});

test('createServerLogins: a flood of logins is rejected, and pending logins survive it', async () => {
  let now = 0;
  const app = createApp(createMemoryLoginStore({ maxLogins: 3, clock: { now: () => now } }));
  const pending = [await app.start(), await app.start(), await app.start()];
  for (let count = 0; count < 10; count += 1)
    await expect(app.start()).rejects.toMatchObject({ code: 'too_many_pending_logins' });
  const [first, second, third] = pending;
  for (const login of [first, second])
    expect(await app.finish(login?.browserToken, answerAddress(login?.url ?? new URL('')))).toMatchObject({
      key: KEY,
    });
  // A finished or expired login no longer counts.
  await app.start();
  await app.start();
  await expect(app.start()).rejects.toMatchObject({ code: 'too_many_pending_logins' });
  now = 900_000;
  await app.start();
  await expect(
    app.finish(third?.browserToken, answerAddress(third?.url ?? new URL(''))),
  ).rejects.toMatchObject({
    code: 'login_unknown',
  });
});
