import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createSchemeReceiver, redirectLogin } from '../src/index.ts';
import { loopbackLogin } from '../src/node/index.ts';
import { answerAddress, KEY } from './seal-answer.ts';

const asked = { site: 'https://x.example', applicationName: 'A program', scopes: ['read'] };
const accepts = async () => Response.json({ state: 'ready' });

test.each(['oaep', 'pkcs1'] as const)(
  'loopback: one call from the request to the key (%s)',
  async (padding) => {
    let page = '';
    const openBrowser = async (url: URL) => {
      page = await (await fetch(answerAddress(url, padding))).text();
    };
    expect(await loopbackLogin({ ...asked, fetch: accepts, openBrowser })).toMatchObject({ key: KEY });
    expect(page).toContain('close this page');
  },
);

test('no browser opens for a request that the site will not take, and nobody listens afterwards', async () => {
  const opened: URL[] = [];
  let authRedirect = '';
  const refuses = async (url: unknown) => {
    authRedirect = new URL(String(url)).searchParams.get('auth_redirect') ?? '';
    return Response.json({ state: 'generic_error', reason: 'redirect_not_allowed', message: 'No.' });
  };
  const login = loopbackLogin({ ...asked, fetch: refuses, openBrowser: (url) => opened.push(url) });
  await expect(login).rejects.toMatchObject({ name: 'SiteRefusal', code: 'redirect_not_allowed' });
  expect(opened).toEqual([]);
  const socket = connect(Number(new URL(authRedirect).port), '127.0.0.1');
  await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('custom scheme: the address that the system hands over is the answer', async () => {
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
  expect(received).toEqual([false, true, false]);
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
])('%s is the answer: %s', (address, isAnswer) => {
  expect(createSchemeReceiver('myapp://callback').receive(address)).toBe(isAnswer);
});

test('a redirect that has a query of its own is recognised', () => {
  const receiver = createSchemeReceiver('myapp://callback?window=2');
  expect(receiver.receive('myapp://callback?window=3&payload=x')).toBe(false);
  expect(receiver.receive('myapp://callback?window=2&payload=x')).toBe(true);
});

test('the signal ends the wait with its own reason', async () => {
  const reason = new Error('too late');
  const stop = new AbortController();
  const receiver = createSchemeReceiver('myapp://callback', { signal: stop.signal });
  const openBrowser = () => stop.abort(reason);
  await expect(redirectLogin(receiver, { ...asked, fetch: accepts, openBrowser })).rejects.toBe(reason);
  expect(receiver.receive('myapp://callback?payload=x')).toBe(false);
  const late = createSchemeReceiver('myapp://callback', { signal: stop.signal });
  await expect(late.answer).rejects.toBe(reason);
});
