import { expect, test } from 'vitest';
import { type Clock, processDevicePoll } from '../src/index.ts';
import {
  authorized,
  CODE,
  failure,
  GRANT,
  hang,
  KEY,
  logIn,
  pending,
  type Said,
  status,
} from './device-site.ts';

test('deviceLogin: shows code and URL, polls at the interval, and decrypts the payload', async () => {
  const { granted, polledAt, prompts, asked } = logIn([pending(), pending(), authorized()]);
  expect(await granted).toEqual({
    key: KEY,
    clientId: 'tv-1',
    scopes: ['read', 'write'],
    push: false,
    api: 4,
    expiresAt: null,
  });
  expect(polledAt).toEqual([5, 10, 15]);
  expect(prompts).toEqual([
    {
      userCode: 'WXYZ-2345',
      verificationUri: GRANT.verification_uri,
      verificationUriWithRequest: GRANT.verification_uri_with_request,
      expiresInSeconds: 600,
    },
  ]);
  expect(asked()).toMatchObject({
    application_name: 'A television',
    client_id: 'tv-1',
    scopes: 'read,write',
    padding: 'oaep',
    public_key: expect.stringContaining('BEGIN PUBLIC KEY'),
  });
  expect(asked()).not.toHaveProperty('auth_redirect');
});

test('deviceLogin: waits for onCode, then polls at the interval of the site, by default five seconds', async () => {
  const shown: string[] = [];
  const onCode = async () => {
    await new Promise(setImmediate);
    shown.push('shown');
  };
  const { interval: _, ...silent } = GRANT;
  const first = logIn([authorized()], { onCode }, silent);
  await first.granted;
  expect([shown, first.polledAt]).toEqual([['shown'], [5]]);
  const slow = logIn([pending(), authorized()], {}, { ...GRANT, interval: 12 });
  await slow.granted;
  expect(slow.polledAt).toEqual([12, 24]);
});

test('deviceLogin: waits for a limit, backs off after errors, and retries after a timeout', async () => {
  const limited = new Response('{}', { status: 429, headers: { 'retry-after': '42' } });
  const short = new Response('{}', { status: 429, headers: { 'retry-after': '1' } });
  const broken = new Response('<html>', { status: 502 });
  const { granted, polledAt } = logIn([limited, short, 'cut', broken, 'cut', 'hang', authorized()]);
  expect(await granted).toMatchObject({ key: KEY });
  // 5; then 42 from Retry-After; at least 5; then 10, 20, 30 after three failures; then a timeout of 30 and a pause
  // of 30.
  expect(polledAt).toEqual([5, 47, 52, 62, 82, 112, 172]);
});

test.each<[string, Said, string]>([
  ['declined', status('access_denied'), 'access_denied'],
  ['expired', status('expired_token'), 'expired_token'],
  ['answered for another request', authorized('f'.repeat(32)), 'nonce_mismatch'],
  ['answered with a word of another kind', status('authorised'), 'site_answer_unexpected'],
  ['answered without a payload', status('authorized'), 'site_answer_unexpected'],
  ['answered with a page', new Response('<html>'), 'site_answer_unexpected'],
  [
    'answered with half a payload',
    Response.json({ status: 'authorized', payload: 'x' }),
    'sealed_payload_unreadable',
  ],
  [
    'refused',
    Response.json({ errors: ['No.'], code: 'user_api_keys_disabled' }, { status: 403 }),
    'user_api_keys_disabled',
  ],
])('deviceLogin: ends if the request is %s', async (_case, said, code) => {
  const { granted, polledAt } = logIn([pending(), said]);
  const failed = await failure(granted);
  expect(failed).toMatchObject({ code });
  expect(String(failed)).not.toMatch(new RegExp(`${KEY}|${CODE}`));
  expect(polledAt).toEqual([5, 10]);
});

test('deviceLogin: polls once more after the code has expired, then ends', async () => {
  const { granted, polledAt } = logIn([], {}, { ...GRANT, expires_in: 17 });
  expect(await failure(granted)).toMatchObject({ code: 'expired_token' });
  expect(polledAt).toEqual([5, 10, 15, 20]);
});

test('deviceLogin: fetches an approval of the last second', async () => {
  const { granted } = logIn([pending(), authorized()], {}, { ...GRANT, expires_in: 9 });
  expect(await granted).toMatchObject({ key: KEY });
});

test('deviceLogin: reports an unreachable site', async () => {
  const { granted } = logIn(['cut', 'cut'], {}, { ...GRANT, expires_in: 14 });
  expect(await failure(granted)).toMatchObject({ code: 'site_unreachable' });
});

test('deviceLogin: does not poll after the result can no longer exist', async () => {
  const limited = new Response('{}', { status: 429, headers: { 'retry-after': '86400' } });
  const { granted, polledAt, clock } = logIn([limited]);
  expect(await failure(granted)).toMatchObject({ code: 'expired_token' });
  expect(polledAt).toEqual([5]);
  expect(clock.now()).toBe(10_000);
});

test('deviceLogin: a signal ends it at any time, with its reason', async () => {
  const reason = new Error('the person went away');
  const whileWaiting = new AbortController();
  const clock: Clock = {
    now: () => 0,
    wait: (milliseconds, signal) => {
      const ended = hang(signal);
      if (milliseconds === 5000) whileWaiting.abort(reason);
      return ended;
    },
  };
  const waiting = logIn([], { clock, signal: whileWaiting.signal });
  expect(await failure(waiting.granted)).toBe(reason);
  expect(waiting.polledAt).toEqual([]);
  const whileAsking = new AbortController();
  const hanging = logIn(
    [
      () => {
        whileAsking.abort(reason);
        return pending();
      },
      'hang',
    ],
    { signal: whileAsking.signal },
  );
  expect(await failure(hanging.granted)).toBe(reason);
  expect(await failure(logIn([], { signal: AbortSignal.abort(reason) }).granted)).toBe(reason);
});

test.each<[string, unknown, string]>([
  ['no such address', new Response('', { status: 404 }), 'site_has_no_device_flow'],
  [
    'a scope that it does not grant',
    Response.json({ errors: ['No.'], code: 'scope_not_allowed' }, { status: 403 }),
    'scope_not_allowed',
  ],
  ['a page', new Response('<html>'), 'site_answer_unexpected'],
  ['no answer', 'hang', 'site_unreachable'],
  ['no code', { ...GRANT, user_code: '' }, 'site_answer_unexpected'],
  ['a code that would steer a terminal', { ...GRANT, user_code: '\u001b[2J' }, 'site_answer_unexpected'],
  [
    'a script for an address',
    { ...GRANT, verification_uri: 'javascript:alert(1)' },
    'site_answer_unexpected',
  ],
  [
    'a password in the address',
    { ...GRANT, verification_uri: 'https://a:b@x.example' },
    'site_answer_unexpected',
  ],
  ['no pause at all', { ...GRANT, interval: 0 }, 'site_answer_unexpected'],
  ['a pause that is no number', { ...GRANT, interval: '5' }, 'site_answer_unexpected'],
  ['a code without end', { ...GRANT, expires_in: 1e9 }, 'site_answer_unexpected'],
])('deviceLogin: rejects %s as first response', async (_case, start, code) => {
  const { granted, prompts, polledAt } = logIn([], {}, start);
  expect(await failure(granted)).toMatchObject({ code });
  expect([prompts, polledAt]).toEqual([[], []]);
});

test('deviceLogin: shows the plain URL if there is no URL with the request', async () => {
  for (const odd of [undefined, null, 5, 'javascript:alert(1)']) {
    const { granted, prompts } = logIn([authorized()], {}, { ...GRANT, verification_uri_with_request: odd });
    await granted;
    expect(prompts[0]?.verificationUriWithRequest).toBeNull();
  }
});

test('processDeviceStart, processDevicePoll: work with other HTTP clients', async () => {
  expect(await processDevicePoll(pending())).toEqual({ kind: 'pending' });
  const payload = 'sealed';
  expect(await processDevicePoll(Response.json({ status: 'authorized', payload }))).toEqual({
    kind: 'authorized',
    payload,
  });
  const busy = new Response('{}', { status: 429, headers: { 'retry-after': '7' } });
  expect(await processDevicePoll(busy)).toEqual({ kind: 'busy', waitSeconds: 7 });
});
