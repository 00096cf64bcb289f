import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createLogin, createSchemeReceiver, precheckRedirect, redirectLogin } from '../src/index.ts';
import { loopbackLogin } from '../src/node/index.ts';
import { answerAddress, KEY } from './seal-answer.ts';

const asked = { site: 'https://x.example', applicationName: 'A program', scopes: ['read'] };
const accepts = async () => Response.json({ state: 'ready' });

test.each(['oaep', 'pkcs1'] as const)('loopbackLogin: returns the key (%s)', async (padding) => {
  let page = '';
  const openBrowser = async (url: URL) => {
    page = await (await fetch(answerAddress(url, padding))).text();
  };
  expect(await loopbackLogin({ ...asked, fetch: accepts, openBrowser })).toMatchObject({ key: KEY });
  expect(page).toContain('close this page');
});

test('redirectLogin: opens no browser for a rejected request, and closes the receiver', async () => {
  const opened: URL[] = [];
  let authRedirect = '';
  const refuses = async (url: unknown) => {
    // The first request has the redirect of the login; the second one an impossible redirect.
    authRedirect ||= new URL(String(url)).searchParams.get('auth_redirect') ?? '';
    return Response.json({ state: 'generic_error', reason: 'redirect_not_allowed', message: 'No.' });
  };
  const login = loopbackLogin({ ...asked, fetch: refuses, openBrowser: (url) => opened.push(url) });
  await expect(login).rejects.toMatchObject({ name: 'SiteRefusal', code: 'redirect_not_allowed' });
  expect(opened).toEqual([]);
  const socket = connect(Number(new URL(authRedirect).port), '127.0.0.1');
  await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('custom scheme: the URL from the system is the answer', async () => {
  const receiver = createSchemeReceiver('myapp://callback');
  const received: boolean[] = [];
  const openBrowser = (url: URL) => {
    const answer = answerAddress(url);
    received.push(
      receiver.receive('myapp://elsewhere?payload=x'),
      receiver.receive(answer),
      receiver.receive(answer),
    );
  };
  expect(await redirectLogin(receiver, { ...asked, fetch: accepts, openBrowser })).toMatchObject({
    key: KEY,
  });
  expect(received).toEqual([false, true, true]);
  expect(receiver.receive('myapp://callback?payload=late')).toBe(false);
});

test('custom scheme: a forged URL does not end the wait for the real answer', async () => {
  const receiver = createSchemeReceiver('myapp://callback');
  const foreign = await createLogin({ ...asked, authRedirect: 'myapp://callback' });
  const openBrowser = async (url: URL) => {
    receiver.receive('myapp://callback?payload=x');
    receiver.receive('myapp://callback?error=server_error');
    receiver.receive(answerAddress(foreign.url));
    await new Promise(setImmediate);
    receiver.receive(answerAddress(url));
  };
  const passedOver: unknown[] = [];
  const onPassedOver = (failure: unknown) => void passedOver.push((failure as { code: string }).code);
  const options = { ...asked, fetch: accepts, openBrowser, onPassedOver };
  expect(await redirectLogin(receiver, options)).toMatchObject({ key: KEY });
  const unreadable = 'sealed_payload_unreadable';
  expect(passedOver).toEqual([unreadable, unreadable, 'payload_cannot_be_opened']);
});

test('custom scheme: accepts access_denied, and reports the forged answer if no other arrives', async () => {
  const declined = createSchemeReceiver('myapp://callback');
  const decline = () => declined.receive('myapp://callback?error=access_denied');
  await expect(
    redirectLogin(declined, { ...asked, fetch: accepts, openBrowser: decline }),
  ).rejects.toMatchObject({ code: 'access_denied' });
  const stop = new AbortController();
  const receiver = createSchemeReceiver('myapp://callback', { signal: stop.signal });
  const openBrowser = () => {
    receiver.receive('myapp://callback?payload=x');
    setImmediate(() => stop.abort());
  };
  await expect(redirectLogin(receiver, { ...asked, fetch: accepts, openBrowser })).rejects.toMatchObject({
    code: 'sealed_payload_unreadable',
  });
});

/** Simulates Discourse before the early check of redirects: every request leads to the login page. */
const sendsToLogin = async () => new Response(null, { status: 302, headers: { location: '/login' } });
/** Simulates newer versions: only allowed requests lead to the login page. */
const checksFirst = async (url: unknown) =>
  URL.canParse(new URL(String(url)).searchParams.get('auth_redirect') ?? '')
    ? sendsToLogin()
    : Response.json({ state: 'generic_error' });

test('redirectLogin: opens no browser if the site checks redirects only after sign-in', async () => {
  const opened: URL[] = [];
  const open = (url: URL) => void opened.push(url);
  for (const fetch of [sendsToLogin, async () => new Response('<html>')]) {
    const login = loopbackLogin({ ...asked, fetch, openBrowser: open });
    await expect(login).rejects.toMatchObject({ code: 'redirect_not_confirmed' });
  }
  expect(opened).toEqual([]);
  const openBrowser = async (url: URL) => void (await fetch(answerAddress(url)));
  const told = { ...asked, fetch: sendsToLogin, openBrowser, isRedirectAllowed: true };
  expect(await loopbackLogin(told)).toMatchObject({ key: KEY });
  expect(await loopbackLogin({ ...asked, fetch: checksFirst, openBrowser })).toMatchObject({ key: KEY });
});

test('precheckRedirect: a refusal for another reason confirms nothing', async () => {
  const login = await createLogin({ ...asked, authRedirect: 'myapp://callback' });
  const refuses = (status: number, code?: string) => async (url: unknown) =>
    String(url).includes('not-an-address')
      ? Response.json({ errors: ['No.'], code }, { status })
      : sendsToLogin();
  expect(await precheckRedirect(login, { fetch: refuses(429) })).toEqual({ kind: 'unconfirmed' });
  expect(await precheckRedirect(login, { fetch: refuses(400, 'scope_not_allowed') })).toEqual({
    kind: 'unconfirmed',
  });
  expect(await precheckRedirect(login, { fetch: refuses(400) })).toEqual({ kind: 'accepted' });
  expect(await precheckRedirect(login, { fetch: refuses(403, 'redirect_not_allowed') })).toEqual({
    kind: 'accepted',
  });
});

test.each([
  ['myapp://callback?payload=x', true],
  ['MyApp://Callback/?payload=x', true],
  ['myapp://callback?a=1&error=access_denied', true],
  ['myapp://callback', false],
  ['myapp://callback?a=payload=x', false],
  ['myapp://callback.evil?payload=x', false],
  ['myapp://callbacks?payload=x', false],
  ['myapp://other?payload=x', false],
  ['https://myapp.example/callback?payload=x', false],
  ['', false],
])('scheme receiver: %s is an answer: %s', (address, isAnswer) => {
  expect(createSchemeReceiver('myapp://callback').receive(address)).toBe(isAnswer);
});

test('scheme receiver: recognizes a redirect with a query', () => {
  const receiver = createSchemeReceiver('myapp://callback?window=2');
  expect(receiver.receive('myapp://callback?window=3&payload=x')).toBe(false);
  expect(receiver.receive('myapp://callback?window=2&payload=x')).toBe(true);
});

test('redirectLogin: a signal ends the wait with its reason', async () => {
  const reason = new Error('too late');
  const stop = new AbortController();
  const receiver = createSchemeReceiver('myapp://callback', { signal: stop.signal });
  const openBrowser = () => stop.abort(reason);
  await expect(redirectLogin(receiver, { ...asked, fetch: accepts, openBrowser })).rejects.toBe(reason);
  expect(receiver.receive('myapp://callback?payload=x')).toBe(false);
  const late = createSchemeReceiver('myapp://callback', { signal: stop.signal });
  await expect(late.answer).rejects.toBe(reason);
});
