import { expect, test } from 'vitest';
import { createLogin, precheckLogin, probeSite } from '../src/index.ts';
import { serve } from './serve.ts';

const VERSION = { 'auth-api-version': '4', 'auth-api-device-code': 'true', 'auth-api-scopes': 'true' };

test('probeSite: sends one HEAD without parameters, and returns the final URL', async () => {
  const seen: (string | undefined)[] = [];
  const real = await serve((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(200, VERSION).end();
  });
  const old = await serve((request, response) => {
    response.writeHead(301, { location: `${real}/forum${request.url}` }).end();
  });
  const found = {
    isAvailable: true,
    version: 4,
    hasDeviceFlow: true,
    hasScopeList: true,
    site: `${real}/forum`,
  };
  expect(await probeSite(`${old}/`)).toEqual(found);
  expect(await probeSite(`${real}/forum/`)).toEqual(found);
  expect(seen).toEqual(['HEAD /forum/user-api-key/new', 'HEAD /forum/user-api-key/new']);
});

test.each<[number, Record<string, string>, string, string]>([
  [404, {}, 'site_has_no_user_api_keys', 'allow_user_api_keys'],
  [200, { 'auth-api-version': '1' }, 'site_too_old', 'version 1'],
  [200, { 'content-type': 'text/html' }, 'site_answer_unexpected', 'not from a site'],
  [403, { 'content-type': 'text/html' }, 'site_answer_unexpected', 'bot check'],
  [503, { 'cf-mitigated': 'challenge' }, 'site_answer_unexpected', 'bot check'],
  [
    429,
    { 'discourse-rate-limit-error-code': 'ip_60_secs_limit' },
    'site_answer_unexpected',
    'too many requests',
  ],
  [429, {}, 'site_answer_unexpected', 'bot check'],
  [401, { 'www-authenticate': 'Basic' }, 'site_answer_unexpected', 'password'],
  [502, {}, 'site_answer_unexpected', '502'],
])('probeSite: response %i %j is %s', async (status, headers, code, words) => {
  const fetch = async () => new Response(null, { status, headers });
  const failed = await probeSite('https://x.example', { fetch }).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code, message: expect.stringContaining(words) });
});

test('probeSite: rejects a redirect from https to http', async () => {
  const answer = new Response(null, { headers: VERSION });
  Object.defineProperty(answer, 'url', { value: 'http://x.example/user-api-key/new' });
  const probed = probeSite('https://x.example', { fetch: async () => answer });
  await expect(probed).rejects.toMatchObject({ message: expect.stringContaining('unencrypted') });
});

test('probeSite: reports an unreachable site with the reason, and sends nothing to an invalid URL', async () => {
  await expect(probeSite('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'site_unreachable' });
  for (const site of [
    'x.example',
    'ftp://x.example',
    'javascript:alert(1)',
    'https://me:secret@x.example',
    '',
  ]) {
    const failed = await probeSite(site).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'parameter_invalid' });
    expect(String(failed)).not.toContain('secret');
  }
});

test('probeSite: distinguishes an aborted request from an unreachable site', async () => {
  const site = await serve(() => {});
  const stop = new AbortController();
  const probed = probeSite(site, { signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(probed).rejects.toThrow('enough');
});

const json = (body: unknown, status = 200) => Response.json(body, { status });

test.each<[string, Response, object]>([
  ['ready', json({ state: 'ready' }), { kind: 'accepted' }],
  [
    'a sign-in',
    new Response(null, { status: 302, headers: { location: '/login' } }),
    { kind: 'sent_to_login' },
  ],
  ['a sign-in in JSON', json({ error_type: 'not_logged_in' }, 403), { kind: 'sent_to_login' }],
  ['a page', new Response('<html>', { headers: { 'content-type': 'text/html' } }), { kind: 'unknown' }],
  ['JSON of another kind', json([1]), { kind: 'unknown' }],
  [
    'a reason',
    json({ state: 'generic_error', reason: 'redirect_not_allowed', message: 'No.' }),
    { kind: 'refused', refusal: { code: 'redirect_not_allowed', message: 'No.' } },
  ],
  ['no reason', json({ state: 'generic_error' }), { kind: 'refused', refusal: { code: null } }],
  [
    'a missing parameter',
    json({ errors: ['nonce is missing'], code: 'parameter_missing' }, 400),
    { kind: 'refused', refusal: { code: 'parameter_missing', status: 400 } },
  ],
])('precheckLogin: interprets %s', async (_case, answer, result) => {
  const login = await createLogin({
    site: 'https://x.example/forum',
    applicationName: 'a',
    scopes: ['read'],
  });
  let asked = '';
  const fetch = async (url: unknown) => {
    asked = String(url);
    return answer;
  };
  expect(await precheckLogin(login, { fetch })).toMatchObject(result);
  expect(asked).toBe(login.url.href.replace('/new?', '/new.json?'));
});
