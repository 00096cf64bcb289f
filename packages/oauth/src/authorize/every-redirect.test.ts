import { describe, expect, test } from 'vitest';
import { CALLBACK } from '../test-support/oauth-site.ts';
import { alice, ISSUER, open, query } from '../test-support/open-authorization.ts';
import { createOpenIdSite, SIGN_IN } from '../test-support/open-id-site.ts';

type Site = Awaited<ReturnType<typeof createOpenIdSite>>;
type Asked = Record<string, string>;

/** Every way in which an authorization request ends at the client: the request, how it is sent, and the outcome. */
const ENDS: readonly [string, string, Asked, ((site: Site) => Promise<unknown>)?][] = [
  [
    'a code of a remembered consent',
    'code',
    SIGN_IN,
    (site) => site.connect({ ...SIGN_IN, remember: 'true' }),
  ],
  ['no response type', 'invalid_request', { response_type: '' }],
  ['another response type', 'unsupported_response_type', { response_type: 'token' }],
  ['another response mode', 'invalid_request', { response_mode: 'form_post' }],
  ['no challenge', 'invalid_request', { code_challenge: '' }],
  ['a plain challenge', 'invalid_request', { code_challenge_method: 'plain' }],
  ['no scope that the site has', 'invalid_scope', { scope: 'everything' }],
  ['a scope that is no name', 'invalid_scope', { scope: 'a"b' }],
  ['another resource', 'invalid_target', { resource: 'https://elsewhere.example' }],
  ['a request object', 'request_not_supported', { request: 'a.b.c' }],
  ['the URL of a request object', 'request_uri_not_supported', { request_uri: 'https://client.example/r' }],
  ['an expiry that is no number', 'invalid_request', { expires_in_seconds: 'soon' }],
  ['an expiry that is too far', 'invalid_request', { expires_in_seconds: '999999999' }],
  ['a text that is too long', 'invalid_request', { nonce: 'n'.repeat(2_001) }],
  ['an age that is no number', 'invalid_request', { ...SIGN_IN, max_age: 'x' }],
  ['two prompts that exclude each other', 'invalid_request', { ...SIGN_IN, prompt: 'none login' }],
  ['a prompt that does not exist', 'invalid_request', { ...SIGN_IN, prompt: 'create' }],
  ['an ID token of another site', 'invalid_request', { ...SIGN_IN, id_token_hint: 'a.b.c' }],
  ['no consent without a page', 'consent_required', { ...SIGN_IN, prompt: 'none' }],
  ['no recent sign-in without a page', 'login_required', { ...SIGN_IN, prompt: 'none', max_age: '0' }],
  ['a suspended user', 'access_denied', {}, async (site) => site.changeUser('alice', { isSuspended: true })],
  [
    'a user outside the groups',
    'access_denied',
    {},
    (site) => site.valetkey.settings.set('user_api_key_allowed_groups', 'trust_level_4'),
  ],
  [
    'a site that issues no keys',
    'unauthorized_client',
    {},
    (site) => site.valetkey.settings.set('allow_user_api_keys', false),
  ],
  [
    'too many connections',
    'access_denied',
    SIGN_IN,
    async (site) => {
      await site.connect({ ...SIGN_IN, remember: 'true' });
      await site.valetkey.settings.set('max_app_user_api_keys', 1);
    },
  ],
];

const outcomeOf = ({ code, error }: Asked): string | undefined => (code ? 'code' : error);

describe('every redirect to a client has iss, and state as it came', () => {
  test.each(ENDS)('%s: %s', async (_name, expected, changes, prepare) => {
    const site = await createOpenIdSite();
    await prepare?.(site);
    const asked = site.asks(changes);
    const sent = await site.send('/oauth/authorize', {
      method: 'POST',
      body: new URLSearchParams(asked),
      headers: alice,
    });
    const posted = new URL(sent.headers.get('location') ?? '', ISSUER).searchParams;
    for (const answer of [(await open(site, asked)).answer, Object.fromEntries(posted)]) {
      expect(answer).toMatchObject({ state: 'a state & more', iss: ISSUER });
      expect(outcomeOf(answer)).toBe(expected);
    }
  });

  test.each<[string, string, Asked]>([
    ['an approval', 'code', {}],
    ['a refusal of the user', 'access_denied', { decision: '/decline' }],
    ['an approval of nothing', 'access_denied', { granted_scopes: 'unknown' }],
    ['a scope that the page did not show', 'invalid_scope', { shown_scopes: 'session_info' }],
    ['a request that has become invalid', 'invalid_request', { response_mode: 'fragment' }],
  ])('from the consent page, %s: %s', async (_name, expected, changes) => {
    const site = await createOpenIdSite();
    const { answer } = await site.decide(site.asks(changes));
    expect(answer).toMatchObject({ state: 'a state & more', iss: ISSUER });
    expect(outcomeOf(answer ?? {})).toBe(expected);
  });

  test('a client that sends no state gets none', async () => {
    const site = await createOpenIdSite();
    const { answer } = await site.decide(site.asks({ state: '' }));
    expect(answer).toEqual({ code: expect.any(String), iss: ISSUER });
  });

  test('JSON: the URL of the redirect has them too', async () => {
    const site = await createOpenIdSite();
    const form = { ...site.asks(), shown_scopes: 'read write' };
    const response = await site.post('/oauth/consent.json', form, 'alice');
    const { redirect_url } = (await response.json()) as { redirect_url: string };
    expect(redirect_url.startsWith(`${CALLBACK}?code=`)).toBe(true);
    expect(new URL(redirect_url).searchParams.get('iss')).toBe(ISSUER);
  });
});

describe('every page of an authorization request', () => {
  test.each<[string, Asked]>([
    ['the consent page', {}],
    ['an unknown client', { client_id: 'nobody' }],
    ['no client', { client_id: '' }],
    ['a foreign redirect', { redirect_uri: 'https://evil.example/' }],
  ])('%s: no frame can show it, no cache stores it, and no other origin reads it', async (_name, changes) => {
    const site = await createOpenIdSite();
    const headers = { ...alice, origin: 'https://evil.example' };
    const { headers: sent } = await site.get(`/oauth/authorize${query(site.asks(changes))}`, headers);
    expect(sent.get('x-frame-options')).toBe('DENY');
    expect(sent.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(sent.get('cache-control')).toBe('no-store');
    expect(sent.get('access-control-allow-origin')).toBeNull();
  });
});
