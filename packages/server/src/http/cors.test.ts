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
  test.each([
    'https://app.example.evil.test',
    'https://evil.test',
    'http://app.example',
    'null',
    'https://APP.example',
  ])('sends no CORS headers to the origin %s', async (origin) => {
    const { valetkey, send } = await site();
    const asked = new Request('https://forum.example/posts.json', preflight(origin));
    expect(await valetkey.fetch(asked, { ipAddress: '192.0.2.1' })).toBeNull();
    const refusal = await send('/user-api-key/current.json', { headers: { origin } });
    expect(refusal.headers.get('access-control-allow-origin')).toBeNull();
    expect(refusal.headers.get('vary')).toContain('Origin');
  });

  test('lets a page of an allowed origin read refusals, of the endpoints and of the site’s own routes', async () => {
    const { send, authorize, valetkey } = await site();
    const ours = await send('/user-api-key/current.json', {
      headers: { origin: LISTED, 'User-Api-Key': 'f'.repeat(32) },
    });
    expect(ours.headers.get('access-control-allow-origin')).toBe(LISTED);
    const outcome = await authorize('f'.repeat(32), { name: 'posts#create' });
    if (outcome.kind !== 'refused') throw new Error('was not refused');
    const request = new Request('https://forum.example/posts.json', { headers: { origin: LISTED } });
    const opened = valetkey.withCors(request, await outcome.response());
    expect(opened.status).toBe(403);
    expect(opened.headers.get('access-control-allow-origin')).toBe(LISTED);
    expect(opened.headers.get('access-control-expose-headers')).toContain('Retry-After');
    expect(await opened.json()).toMatchObject({ code: 'key_unknown' });
  });

  test('HEAD /user-api-key/new: open to every origin', async () => {
    const { send } = await site();
    const response = await send('/user-api-key/new', { method: 'HEAD', headers: { origin: LISTED } });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });
});
