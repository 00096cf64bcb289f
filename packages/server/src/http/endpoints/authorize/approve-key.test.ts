import {
  createTestSite,
  csrfOf,
  keyRequest,
  open,
  PRIVATE_KEY,
  query,
} from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

describe('POST /user-api-key', () => {
  const site = () => createTestSite();

  test('encrypts key and nonce to the client, and redirects to it', async () => {
    const { post, authorize } = await site();
    const response = await post('/user-api-key', keyRequest(), 'alice');
    expect(response.status).toBe(302);
    const location = response.headers.get('location') ?? '';
    expect(location).toMatch(/^https:\/\/app\.example\/cb\?payload=[^+]+$/);
    const payload = open(decodeURIComponent(location.split('payload=')[1] ?? ''));
    expect(payload).toEqual({
      key: expect.stringMatching(/^[0-9a-f]{32}$/),
      nonce: 'a-nonce-to-compare',
      push: false,
      api: 4,
    });
    const result = await authorize(payload.key, { name: 'list#latest' });
    expect(result).toMatchObject({ kind: 'key', principal: { user: { username: 'alice' } } });
  });

  test('returns JSON with the redirect to front ends that navigate themselves', async () => {
    const { post } = await site();
    const response = await post(
      '/user-api-key.json',
      keyRequest({ auth_redirect: 'myapp://callback' }),
      'alice',
    );
    expect(await response.json()).toEqual({
      redirect_url: expect.stringMatching(/^myapp:\/\/callback\?payload=/),
    });
  });

  test('shows the payload to copy if there is no redirect', async () => {
    const { post } = await site();
    const json = (await (
      await post('/user-api-key.json', keyRequest({ auth_redirect: null }), 'alice')
    ).json()) as {
      payload: string;
      instructions: string;
    };
    expect(open(json.payload).nonce).toBe('a-nonce-to-compare');
    expect(json.instructions).toContain('Plum Reader');
    const page = await post('/user-api-key', keyRequest({ auth_redirect: null }), 'alice');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toMatch(/<textarea[^>]*readonly[^>]*>[A-Za-z0-9+/=]{344}<\/textarea>/);
  });

  test('uses OAEP on request, and states the expiry of the key', async () => {
    const { post, now } = await site();
    const values = keyRequest({ auth_redirect: null, padding: 'oaep', expires_in_seconds: '86400' });
    const { payload } = (await (await post('/user-api-key.json', values, 'alice')).json()) as {
      payload: string;
    };
    expect(Date.parse(open(payload, 'oaep').expires_at ?? '')).toBe(now() + 86_400_000);
  });

  test('sets push only if the scope is granted and the push URL is on the list exactly', async () => {
    const { approve, valetkey } = await site();
    await valetkey.settings.set('allowed_user_api_push_urls', 'https://push.example/v1');
    const push_url = 'https://push.example/v1';
    expect((await approve({ scopes: 'push', push_url })).push).toBe(true);
    expect((await approve({ scopes: 'read', push_url })).push).toBe(false);
    expect((await approve({ scopes: 'push', push_url: `${push_url}/x` })).push).toBe(false);
    expect((await approve({ scopes: 'push', push_url: 'https://push.example' })).push).toBe(false);
  });

  test('replaces the earlier key of this user and client atomically', async () => {
    const { approve, authorize } = await site();
    const [first, foreign] = [await approve(), await approve({}, 'bob')];
    const second = await approve();
    const route = { name: 'list#latest' };
    expect(await (await refusal(authorize(first.key, route))).json()).toMatchObject({
      code: 'key_revoked',
      reason: 'replaced',
    });
    expect(await authorize(second.key, route)).toMatchObject({ kind: 'key' });
    expect(await authorize(foreign.key, route)).toMatchObject({ kind: 'key' });
  });

  test('leaves one active key after twenty concurrent approvals', async () => {
    const { approve, authorize, valetkey } = await site();
    const payloads = await Promise.all(Array.from({ length: 20 }, () => approve()));
    const outcomes = await Promise.all(payloads.map(({ key }) => authorize(key, { name: 'list#latest' })));
    expect(outcomes.filter(({ kind }) => kind === 'key')).toHaveLength(1);
    expect(await valetkey.keysOf('id-alice')).toHaveLength(1);
  });

  test.each([
    ['scope_not_allowed', 403, { scopes: 'sudo' }],
    ['redirect_not_allowed', 403, { auth_redirect: 'https://evil.example/cb' }],
    ['redirect_missing_host', 403, { auth_redirect: 'https://' }],
    ['padding_invalid', 400, { padding: 'OAEP256' }],
    [
      'public_key_unreadable',
      400,
      { public_key: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----' },
    ],
    ['public_key_is_private', 400, { public_key: PRIVATE_KEY }],
    ['expiry_invalid', 400, { expires_in_seconds: '-1' }],
    ['expiry_too_long', 400, { expires_in_seconds: '31622400' }],
    ['payload_too_large', 400, { nonce: 'ü'.repeat(100), padding: 'oaep' }],
    ['parameter_missing', 400, { nonce: '' }],
  ])('rejects %s (%i), and the earlier key stays active', async (code, status, changes) => {
    const { post, approve, authorize, valetkey } = await site();
    const { key } = await approve();
    const response = await post('/user-api-key.json', keyRequest(changes), 'alice');
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    expect(await authorize(key, { name: 'list#latest' })).toMatchObject({ kind: 'key' });
    expect(await valetkey.keysOf('id-alice')).toHaveLength(1);
  });

  test('rejects requests without a session and its CSRF token, and issues nothing', async () => {
    const { post, send, approve, valetkey } = await site();
    const { key } = await approve({ scopes: 'write' });
    const attempts: [string, Promise<Response>][] = [
      ['login_required', post('/user-api-key.json', keyRequest(), null)],
      [
        'csrf_invalid',
        send('/user-api-key.json', {
          method: 'POST',
          body: new URLSearchParams(keyRequest()),
          headers: { cookie: 'session=alice' },
        }),
      ],
      [
        'csrf_invalid',
        post('/user-api-key.json', { ...keyRequest(), authenticity_token: csrfOf('bob') }, null, {
          cookie: 'session=alice',
        }),
      ],
      [
        'csrf_invalid',
        send(`/user-api-key.json${query({ ...keyRequest(), authenticity_token: csrfOf('alice') })}`, {
          method: 'POST',
          headers: { cookie: 'session=alice' },
        }),
      ],
      [
        'session_required',
        post('/user-api-key.json', keyRequest({ client_id: 'minted' }), null, { 'User-Api-Key': key }),
      ],
      [
        'session_required',
        post('/user-api-key.json', keyRequest({ client_id: 'minted' }), 'alice', { 'User-Api-Key': key }),
      ],
      [
        'session_required',
        post('/user-api-key.json', keyRequest({ client_id: 'minted' }), 'alice', {
          'Api-Key': 'a'.repeat(64),
        }),
      ],
      ['user_suspended', post('/user-api-key.json', keyRequest(), 'sam')],
    ];
    for (const [code, attempt] of attempts) {
      const response = await attempt;
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code });
    }
    expect((await valetkey.keysOf('id-alice')).map(({ clientId }) => clientId)).toEqual(['client-1']);
    expect(await valetkey.keysOf('id-sam')).toEqual([]);
  });

  test('accepts the CSRF token in the header, and parameters in a JSON body', async () => {
    const { send } = await site();
    const response = await send('/user-api-key.json', {
      method: 'POST',
      body: JSON.stringify({ ...keyRequest({ auth_redirect: null }), expires_in_seconds: 60 }),
      headers: {
        cookie: 'session=alice',
        'x-csrf-token': csrfOf('alice'),
        'content-type': 'application/json',
      },
    });
    expect(response.status).toBe(200);
    expect(open(((await response.json()) as { payload: string }).payload).expires_at).toBeTypeOf('string');
  });

  test('accepts a multipart form whose boundary has capital letters', async () => {
    const { send } = await site();
    const values = { ...keyRequest({ auth_redirect: null }), authenticity_token: csrfOf('alice') };
    const boundary = '----WebKitFormBoundaryAbCdEf';
    const parts = Object.entries(values).map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const response = await send('/user-api-key.json', {
      method: 'POST',
      body: `${parts.join('')}--${boundary}--\r\n`,
      headers: { cookie: 'session=alice', 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
    expect(response.status).toBe(200);
  });

  test('rejects if the feature is off or the group not allowed; issued keys keep working', async () => {
    const { post, approve, authorize, valetkey } = await site();
    const { key } = await approve();
    await valetkey.settings.set('user_api_key_allowed_groups', 'elders');
    expect(await (await post('/user-api-key.json', keyRequest(), 'alice')).json()).toMatchObject({
      code: 'group_not_allowed',
    });
    await valetkey.settings.set('allow_user_api_keys', 'false');
    const off = await post('/user-api-key.json', keyRequest(), 'alice');
    expect(off.status).toBe(403);
    expect(await off.json()).toMatchObject({ code: 'user_api_keys_disabled' });
    expect(await authorize(key, { name: 'list#latest' })).toMatchObject({ kind: 'key' });
  });

  test.each([
    ['body_unreadable', 400, '{"client_id":', 'application/json'],
    ['body_unreadable', 400, '[1]', 'application/json'],
    ['body_unreadable', 400, 'x', 'multipart/form-data; boundary=zzz'],
    ['body_too_large', 413, 'a'.repeat(70_000), 'application/x-www-form-urlencoded'],
    ['parameter_invalid', 400, '{"client_id":["a"],"nonce":"n","scopes":"read"}', 'application/json'],
  ])('rejects %s with %i if the body is invalid', async (code, status, body, type) => {
    const { send } = await site();
    const headers = { cookie: 'session=alice', 'x-csrf-token': csrfOf('alice'), 'content-type': type };
    const response = await send('/user-api-key.json', { method: 'POST', body, headers });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });
});

async function refusal(
  result: ReturnType<Awaited<ReturnType<typeof createTestSite>>['authorize']>,
): Promise<Response> {
  const outcome = await result;
  if (outcome.kind !== 'refused') throw new Error('The key was not refused.');
  return outcome.response();
}
