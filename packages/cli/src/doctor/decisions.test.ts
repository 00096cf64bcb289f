import { SiteRefusal } from '@valetkey/client';
import { ERROR_CATALOGUE } from '@valetkey/protocol/messages';
import { describe, expect, test } from 'vitest';
import type { ResponseSnapshot } from '../site/response-snapshot.ts';
import { decideCors } from './decide-cors.ts';
import { decideHost } from './decide-host.ts';
import { detectInterstitial } from './decide-interstitial.ts';
import { decideKey } from './decide-key.ts';
import { decidePadding } from './decide-key-request.ts';
import { decideLogin } from './decide-login.ts';
import { decideRequest } from './decide-request.ts';
import { decideSiteUrl } from './decide-site-url.ts';
import { findScopesFor } from './find-scopes-for.ts';
import type { Finding } from './finding.ts';
import { FINDING_TABLE } from './finding-table.ts';

const codes = (findings: readonly Finding[]) => findings.map(({ code }) => code);
const answer = (
  status: number,
  headers: Record<string, string> = {},
  text = '',
  url = 'https://x.org/',
): ResponseSnapshot => ({
  url,
  status,
  headers: new Headers(headers),
  text,
});

describe('doctor: says what login will do', () => {
  const refusal = new SiteRefusal({ status: 403, errors: ['No.'], code: 'redirect_not_allowed' } as never);
  test.each([
    ['browser', { kind: 'accepted' }, 'login_by_redirect'],
    ['browser', { kind: 'unconfirmed' }, 'login_by_paste'],
    ['browser', { kind: 'refused', refusal }, 'login_redirect_refused'],
    ['device', { kind: 'accepted' }, 'login_by_code'],
    ['device', { kind: 'refused', refusal }, 'login_by_code'],
  ] as const)('by %s, with a redirect that is %j', (method, result, code) => {
    expect(decideLogin(method, result as never)).toMatchObject({
      code,
      seen: expect.stringMatching(/login/),
    });
  });
});

test('finding table: every problem and warning has a fix', () => {
  for (const [code, { level, fix }] of Object.entries(FINDING_TABLE))
    expect([code, fix === '']).toEqual([code, level === 'ok']);
});

describe('host findings', () => {
  const host = { host: 'x.org', port: 443, name: { addresses: ['192.0.2.1'] }, connection: 'open' } as const;
  const certificate = (failure: string) =>
    decideHost({
      ...host,
      encryption: { failure, isHandshakeDone: true, validTo: 'May 1', names: 'DNS:y.org' },
    });

  test.each([
    ['CERT_HAS_EXPIRED', 'expired (May 1)'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'other names (DNS:y.org)'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its chain is incomplete'],
    ['CERT_REVOKED', 'CERT_REVOKED'],
  ])('certificate: is reported for %s', (failure, words) => {
    const found = certificate(failure).at(-1);
    expect(found).toMatchObject({ code: 'tls_untrusted', seen: expect.stringContaining(words) });
  });

  test('plain http: is a warning, except on this computer', () => {
    expect(codes(decideHost({ ...host, encryption: 'not_asked_for' })).at(-1)).toBe('no_encryption');
    const local = { ...host, host: '127.0.0.1', encryption: 'not_asked_for' } as const;
    expect(codes(decideHost(local)).at(-1)).toBe('port_open');
  });

  test('connection: reports each step up to the failed one', () => {
    const closed = { ...host, connection: { failure: 'ECONNREFUSED' }, encryption: null };
    expect(codes(decideHost(closed))).toEqual(['name_found', 'port_closed']);
    expect(codes(decideHost({ ...host, encryption: 'trusted' }))).toEqual([
      'name_found',
      'port_open',
      'tls_trusted',
    ]);
  });
});

test.each([
  ['https://x.org', 'https://x.org/user-api-key/new', 'https://x.org', []],
  ['https://x.org/f', 'https://x.org/f/user-api-key/new', 'https://x.org/f', ['in_subfolder']],
  ['https://x.org', 'https://www.x.org/f/user-api-key/new', 'https://www.x.org/f', ['moved', 'in_subfolder']],
  ['http://x.org', 'https://x.org/user-api-key/new', 'https://x.org', ['moved']],
  ['https://x.org', 'http://x.org/user-api-key/new', null, ['moved_to_plain_http']],
  ['https://x.org', 'https://sso.org/authorize', null, ['sign_in_wall']],
])('site URL: %s redirects to %s', (asked, url, site, findings) => {
  const decided = decideSiteUrl({ asked, last: answer(200, {}, '', url), isLoop: false });
  expect({ ...decided, findings: codes(decided.findings) }).toEqual({ site, findings });
});

test.each([
  ['Cloudflare', answer(403, { 'cf-mitigated': 'challenge' }), 'bot_wall'],
  [
    'a challenge page',
    answer(503, { 'content-type': 'text/html' }, '<title>Checking your browser'),
    'bot_wall',
  ],
  ['AWS, with a captcha', answer(405, { 'x-amzn-waf-action': 'captcha' }), 'bot_wall'],
  ['a refusal without a page', answer(403), 'bot_wall'],
  ['a refusal of Discourse itself', answer(403, {}, '{"error_type":"not_logged_in"}'), null],
  ['a page about captchas', answer(200, { 'content-type': 'text/html' }, 'captcha'), null],
  ['basic authentication', answer(401, { 'www-authenticate': 'Basic' }), 'password_wall'],
  ['a gateway without a site', answer(502, { server: 'nginx' }), 'site_fails'],
  [
    'the site’s own limit',
    answer(429, { 'discourse-rate-limit-error-code': 'ip_60_secs' }),
    'address_limited',
  ],
  ['somebody else’s limit', answer(429), 'bot_wall'],
  ['nothing', answer(404), null],
])('interstitial: detects %s', (_case, seen, code) => {
  expect(detectInterstitial([answer(200), seen])?.code ?? null).toBe(code);
});

describe('CORS findings', () => {
  const origin = 'https://app.example';
  const open = { 'access-control-allow-origin': origin };
  const headers = {
    ...open,
    'access-control-allow-headers': 'Content-Type, User-Api-Key, User-Api-Client-Id',
  };

  test.each([
    ['are let in', headers, open, ['cors_allowed']],
    ['are let in with any header', { ...open, 'access-control-allow-headers': '*' }, open, ['cors_allowed']],
    [
      'may send even an admin key',
      { ...open, 'access-control-allow-headers': 'Api-Key, User-Api-Key, User-Api-Client-Id' },
      open,
      ['cors_allowed', 'cors_allows_admin_keys'],
    ],
    ['are not', {}, {}, ['cors_refused']],
    [
      'are not, for another is',
      { 'access-control-allow-origin': 'https://app.example.evil' },
      {},
      ['cors_refused'],
    ],
    ['may not send the key', open, open, ['cors_without_key_header']],
    ['are not told why they are refused', headers, {}, ['cors_allowed', 'cors_hides_refusals']],
  ])('%s', (_case, preflight: object, refusal: object, expected) => {
    const [one, other] = [preflight, refusal].map((each) => answer(204, each as Record<string, string>));
    expect(one && other && codes(decideCors(origin, one, other))).toEqual(expected);
  });
});

test('padding: a site that knows the parameter rejects an unknown value', () => {
  expect(decidePadding(answer(400, {}, '{"errors":["padding"]}'), true).code).toBe('padding_oaep');
  expect(decidePadding(answer(302), true).code).toBe('padding_ignored');
  expect(decidePadding(answer(302), false).code).toBe('padding_untold');
});

test.each([
  ['GET', '/latest.json', ['read', 'write']],
  ['HEAD', '/latest.json', ['read', 'write']],
  ['POST', '/posts.json', ['write']],
  ['GET', '/notifications.json?recent=true', ['notifications', 'read', 'write']],
  ['PUT', '/notifications/mark-read', ['notifications', 'write']],
  ['POST', '/message-bus/abc/poll', ['notifications', 'message_bus', 'write']],
  ['GET', '/u/alice/bookmarks.ics', ['bookmarks_calendar', 'read', 'write']],
  ['GET', '/u/alice/bookmarks.json', ['read', 'write']],
  ['DELETE', '/user-status.json', ['user_status', 'write']],
])('scopes: %s %s is allowed by %j', (method, path, scopes) => {
  expect(findScopesFor(method, path)).toEqual(scopes);
});

const refusal = (status: number, code: string | null, errorType: string | null = 'invalid_access') =>
  new SiteRefusal({ status, code, errorType, errors: ['No.'], advice: '', waitSeconds: 7 });

test.each([
  ['GET', ['read'], { status: 200 }, 'request_works'],
  ['GET', ['read'], refusal(403, 'scope_insufficient'), 'request_out_of_scope'],
  ['GET', ['notifications'], refusal(403, null), 'request_out_of_scope'],
  ['GET', ['read'], refusal(403, null), 'request_not_permitted'],
  ['GET', ['read'], refusal(403, null, null), 'bot_wall'],
  ['GET', ['read'], refusal(403, 'key_revoked'), 'key_refused'],
  ['GET', ['read'], refusal(429, 'rate_limited', 'rate_limit'), 'limit_reached'],
  ['GET', ['read'], refusal(404, 'not_found', 'not_found'), 'request_not_found'],
  ['GET', ['read'], refusal(422, null), 'request_fails'],
  ['POST', ['write'], 'not_sent', 'request_in_scope'],
  ['POST', ['read'], 'not_sent', 'request_out_of_scope'],
] as const)('request: %s with %j and response %j', (method, scopes, outcome, code) => {
  expect(decideRequest({ method, path: '/x.json', scopes, offered: null, outcome }).code).toBe(code);
});

test('key: warns before it expires or reaches a limit', () => {
  const now = Date.parse('2030-01-01T00:00:00Z');
  const current = {
    scopes: [],
    username: 'alice',
    expiresAt: '2030-01-03T00:00:00Z',
    left: { perMinute: 2, perDay: 900 },
  };
  const about = { whose: 'alice', person: 'alice', storedScopes: [], remaining: [900, 899, 898] };
  expect(codes(decideKey({ ...about, current }, now))).toEqual([
    'key_works',
    'key_scopes',
    'key_expires_soon',
    'limits_low',
  ]);
  const later = { ...current, expiresAt: '2030-02-01T00:00:00Z', left: { perMinute: 20, perDay: 900 } };
  expect(codes(decideKey({ ...about, current: later }, now))).toEqual([
    'key_works',
    'key_scopes',
    'limits_left',
  ]);
  expect(codes(decideKey({ ...about, current: null, person: refusal(429, null) }, now))).toEqual([
    'limit_reached',
  ]);
});

test('key: advises a new one only for codes of an inactive or invalid key', () => {
  const about = { whose: 'alice', current: null, storedScopes: ['read'], remaining: [] };
  const newKey = Object.entries(ERROR_CATALOGUE).filter(([code, { status, errorType }]) => {
    const person = refusal(status, code, errorType);
    return codes(decideKey({ ...about, person }, 0)).includes('key_refused');
  });
  expect(newKey.map(([code]) => code)).toEqual([
    'key_unknown',
    'key_revoked',
    'key_expired',
    'key_is_encrypted_payload',
    'key_is_public_key',
    'admin_key_in_user_header',
  ]);
  const codeOf = (code: string) =>
    codes(decideKey({ ...about, person: refusal(403, code, 'invalid_access') }, 0))[0];
  expect(codeOf('user_suspended')).toBe('person_suspended');
  expect(codeOf('address_not_allowed')).toBe('address_refused');
  expect(codeOf('scope_insufficient')).toBe('key_untold');
  expect(codes(decideKey({ ...about, person: refusal(502, null) }, 0))).toEqual(['key_unjudged']);
});
