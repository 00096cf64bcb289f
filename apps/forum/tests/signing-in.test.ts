import { expect, test } from 'vitest';
import { createTestForum, json, PASSWORD } from './test-forum.ts';

test('POST /session: signs in; the username is case-insensitive', async () => {
  const { browser } = await createTestForum();
  const alice = browser();
  const answer = await json(alice.signIn('ALICE', PASSWORD));
  expect(answer.user).toMatchObject({ username: 'alice', trust_level: 2, admin: false });
  expect(await json(alice.get('/session/current.json'))).toMatchObject({
    current_user: { username: 'alice' },
  });
});

test('POST /session: a wrong password and an unknown username get the same response', async () => {
  const { browser } = await createTestForum();
  const visitor = browser();
  const wrong = await visitor.signIn('alice', 'wrong');
  const unknown = await visitor.signIn('nobody', 'wrong');
  expect(wrong.status).toBe(200);
  expect(await json(wrong)).toEqual({ error: 'Incorrect username, email or password' });
  expect(await json(unknown)).toEqual({ error: 'Incorrect username, email or password' });
  expect((await visitor.get('/session/current.json')).status).toBe(404);
});

test.each([
  [{ login: '', password: '' }, 200],
  [{ login: "alice' OR '1'='1", password: "' OR 1=1 --" }, 200],
  [{ login: 'alice\u0000', password: PASSWORD }, 400],
  [{ login: 'a'.repeat(100_000), password: 'b'.repeat(100_000) }, 200],
  [{ login: { $ne: null }, password: { $ne: null } }, 400],
  [{ login: ['alice'], password: [PASSWORD] }, 400],
  [{ login: true, password: null }, 200],
])('POST /session: rejects hostile credentials (%#)', async (credentials, status) => {
  const { browser } = await createTestForum();
  const visitor = browser();
  await visitor.fetchCsrfToken();
  const answer = await visitor.send('POST', '/session.json', credentials);
  expect(answer.status).toBe(status);
  expect(await json(answer)).not.toHaveProperty('user');
  expect((await visitor.get('/session/current.json')).status).toBe(404);
});

test('POST /session: tells a suspended user the reason and end, only after the right password', async () => {
  const { browser } = await createTestForum();
  const sam = browser();
  expect((await json(sam.signIn('sam', PASSWORD))).error).toMatch(/^You can’t log in until 2999-.*ladder/);
  expect((await json(sam.signIn('sam', 'wrong'))).error).toBe('Incorrect username, email or password');
  expect((await sam.get('/session/current.json')).status).toBe(404);
});

test('POST /session: starts a session with a new id (session fixation)', async () => {
  const { browser } = await createTestForum();
  const [attacker, victim] = [browser(), browser()];
  await attacker.fetchCsrfToken();
  for (const [name, value] of attacker.cookies) victim.cookies.set(name, value);
  await victim.signIn('alice', PASSWORD);
  expect(victim.cookieHeader()).not.toBe(attacker.cookieHeader());
  expect((await attacker.get('/session/current.json')).status).toBe(404);
});

test('session: an id that the forum did not create is replaced', async () => {
  const { browser } = await createTestForum();
  const visitor = browser();
  visitor.cookies.set('_forum_session', 'chosen-by-somebody-else');
  await visitor.fetchCsrfToken();
  expect(visitor.cookies.get('_forum_session')).toMatch(/^[\w-]{43}$/);
});

test('session: starts for a visitor only with a form', async () => {
  const { fetch } = await createTestForum();
  for (const path of ['/', '/latest.json', '/t/1', '/categories', '/search?q=plum', '/u/alice']) {
    expect((await fetch(path)).headers.has('set-cookie'), path).toBe(false);
  }
  const cookie = (await fetch('/login')).headers.get('set-cookie');
  expect(cookie).toMatch(/^_forum_session=[\w-]{43}; Max-Age=5184000; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('session cookie: has Secure on https', async () => {
  const { fetch } = await createTestForum({ baseUrl: 'https://forum.example' });
  expect((await fetch('/login')).headers.get('set-cookie')).toMatch(/; Secure/);
});

test('DELETE /session/:username: ends the own session only', async () => {
  const { signedIn, browser } = await createTestForum();
  const alice = await signedIn('alice');
  const copy = browser();
  copy.cookies.set('_forum_session', alice.cookies.get('_forum_session') ?? '');
  expect((await alice.send('DELETE', '/session/bob.json')).status).toBe(403);
  expect((await alice.get('/session/current.json')).status).toBe(200);
  expect((await alice.send('DELETE', '/session/alice.json')).status).toBe(200);
  expect((await copy.get('/session/current.json')).status).toBe(404);
});

test('POST /session: ends the earlier session of the browser', async () => {
  const { signedIn, browser } = await createTestForum();
  const shared = await signedIn('alice');
  const copy = browser();
  copy.cookies.set('_forum_session', shared.cookies.get('_forum_session') ?? '');
  await shared.signIn('bob', PASSWORD);
  expect(await json(shared.get('/session/current.json'))).toMatchObject({
    current_user: { username: 'bob' },
  });
  expect((await copy.get('/session/current.json')).status).toBe(404);
});

test('session: expires after sixty days', async () => {
  const { signedIn, advance } = await createTestForum();
  const alice = await signedIn('alice');
  advance(60 * 86_400_000 + 1);
  expect((await alice.get('/session/current.json')).status).toBe(404);
});

test('sign-in form: signs in and out without script, and redirects to return_to', async () => {
  const { browser } = await createTestForum();
  const alice = browser();
  const page = await (await alice.get('/login?return_to=%2Ft%2Fwelcome%2F1%3Fpage%3D2')).text();
  expect(page).toContain('name="return_to" value="/t/welcome/1?page=2"');
  const token = /name="authenticity_token" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const form = { authenticity_token: token, return_to: '/t/welcome/1?page=2', login: 'alice' };

  const wrong = await alice.submit('/login', { ...form, password: 'wrong' });
  expect(wrong.status).toBe(401);
  expect(await wrong.text()).toContain('name="return_to" value="/t/welcome/1?page=2"');

  const right = await alice.submit('/login', { ...form, password: PASSWORD });
  expect([right.status, right.headers.get('location')]).toEqual([303, '/t/welcome/1?page=2']);
  await alice.fetchCsrfToken();
  expect((await alice.submit('/logout', {})).headers.get('location')).toBe('/');
  expect((await alice.get('/session/current.json')).status).toBe(404);
});

test('sign-in form: return_to keeps every parameter of an app’s request', async () => {
  const { browser } = await createTestForum();
  const alice = browser();
  const query = new URLSearchParams({
    scopes: 'read,write',
    public_key: '-----BEGIN PUBLIC KEY-----\na+b/c=\n',
    x: '?&#',
  });
  const returnTo = `/user-api-key/new?${query}`;
  await alice.get('/login');
  const token = await alice.fetchCsrfToken();
  const answer = await alice.submit('/login', {
    authenticity_token: token,
    return_to: returnTo,
    login: 'alice',
    password: PASSWORD,
  });
  expect(answer.headers.get('location')).toBe(returnTo);
});
