import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const LISTED = 'https://app.example';

async function site() {
  const it = await createTestSite();
  await it.valetkey.settings.set('cors_origins', `${LISTED}|http://localhost:5173`);
  return it;
}

const preflight = (origin: string) => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'user-api-key',
  },
});

describe('CORS', () => {
  test('a listed origin may preflight any path, and send a user key but no admin key', async () => {
    const { send, valetkey } = await site();
    const response = await send('/posts.json', preflight(LISTED));
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(LISTED);
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, POST, PUT, PATCH, DELETE');
    expect(response.headers.get('access-control-allow-headers')).toBe(
      'Content-Type, Accept, X-Requested-With, X-CSRF-Token, Discourse-Present, User-Api-Key, User-Api-Client-Id, Authorization',
    );
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    await valetkey.settings.set('cors_allow_admin_api_keys', true);
    expect(
      (await send('/posts.json', preflight(LISTED))).headers.get('access-control-allow-headers'),
    ).toContain('Api-Key, Api-Username');
  });

  test.each([
    'https://app.example.evil.test',
    'https://evil.test',
    'http://app.example',
    'null',
    'https://APP.example',
  ])('the origin %s gets nothing', async (origin) => {
    const { valetkey, send } = await site();
    const asked = new Request('https://forum.example/posts.json', preflight(origin));
    expect(await valetkey.fetch(asked, { ipAddress: '192.0.2.1' })).toBeNull();
    const refusal = await send('/user-api-key/current.json', { headers: { origin } });
    expect(refusal.headers.get('access-control-allow-origin')).toBeNull();
    expect(refusal.headers.get('vary')).toContain('Origin');
  });

  test('nobody is listed until the admin lists somebody', async () => {
    const { valetkey } = await createTestSite();
    const asked = new Request('https://forum.example/posts.json', preflight(LISTED));
    expect(await valetkey.fetch(asked, { ipAddress: '192.0.2.1' })).toBeNull();
  });

  test('a listed page can read why it was refused, on our endpoints and on the site’s own', async () => {
    const { send, guard, valetkey } = await site();
    const ours = await send('/user-api-key/current.json', {
      headers: { origin: LISTED, 'User-Api-Key': 'f'.repeat(32) },
    });
    expect(ours.headers.get('access-control-allow-origin')).toBe(LISTED);
    const outcome = await guard('f'.repeat(32), { name: 'posts#create' });
    if (outcome.kind !== 'refused') throw new Error('was not refused');
    const request = new Request('https://forum.example/posts.json', { headers: { origin: LISTED } });
    const opened = valetkey.withCors(request, outcome.response);
    expect(opened.status).toBe(403);
    expect(opened.headers.get('access-control-allow-origin')).toBe(LISTED);
    expect(opened.headers.get('access-control-expose-headers')).toContain('Retry-After');
    expect(await opened.json()).toMatchObject({ code: 'key_unknown' });
  });

  test('the probe stays open to every origin', async () => {
    const { send } = await site();
    const response = await send('/user-api-key/new', { method: 'HEAD', headers: { origin: LISTED } });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('an admin key from a foreign page is refused with the reason, unless the site turns it on', async () => {
    const { valetkey } = await site();
    const send = async (origin: string) => {
      const headers = { origin, 'Api-Key': 'f'.repeat(64) };
      const request = new Request('https://forum.example/latest.json', { headers });
      const outcome = await valetkey.guard(request, { name: 'list#latest' }, { ipAddress: '192.0.2.1' });
      return outcome.kind === 'refused' && ((await outcome.response.json()) as { code: string }).code;
    };
    expect(await send(LISTED)).toBe('admin_key_from_browser');
    expect(await send('null')).toBe('admin_key_from_browser');
    expect(await send('https://forum.example')).toBe('invalid_api_credentials');
    await valetkey.settings.set('cors_allow_admin_api_keys', true);
    expect(await send(LISTED)).toBe('invalid_api_credentials');
  });
});
