import { readForm } from '@valetkey/test-support/page-form';
import { createTestSite, keyRequest, query } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const alice = { cookie: 'session=alice' };
const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(2)</script>'&lt;{{7*7}}\${7*7}`;

async function consent(changes: Record<string, string | null> = {}) {
  const site = await createTestSite();
  const response = await site.get(`/user-api-key/new${query(keyRequest(changes))}`, alice);
  return { site, response, page: await response.text() };
}

describe('GET /user-api-key/new', () => {
  test('names the app, its scopes, the receiver of the key and the expiry', async () => {
    const { page } = await consent({ scopes: 'read,write', expires_in_seconds: '7200' });
    for (const words of [
      'Plum Reader',
      'alice',
      'Read everything you can read',
      'High risk',
      'app.example',
      'November 23, 2026 at 2:00 PM UTC</time> (in 2 hours)',
      'Unverified app: nobody has checked this name.',
    ]) {
      expect(page).toContain(words);
    }
  });

  test('warns of a key without expiry, and names a local receiver', async () => {
    expect((await consent()).page).toContain('never; works until you revoke it');
    expect((await consent({ auth_redirect: 'http://127.0.0.1:4711/cb' })).page).toContain(
      'a program on this computer',
    );
    expect((await consent({ auth_redirect: 'myapp://callback' })).page).toContain('<code>myapp:</code>');
    expect((await consent({ auth_redirect: null })).page).toContain(
      'a page of this site, where you copy it for',
    );
  });

  test('names the key that an approval replaces', async () => {
    const { site } = await consent();
    const { key } = await site.approve();
    site.advance(86_400_000);
    await site.authorize(key, { name: 'list#latest' });
    site.advance(86_400_000);
    const page = await (await site.get(`/user-api-key/new${query(keyRequest())}`, alice)).text();
    expect(page.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')).toContain(
      'the key approved on November 23, 2026 (UTC), last used 1 day ago; it will stop working',
    );
  });

  test.each(['application_name', 'client_id', 'nonce', 'push_url'])(
    'escapes a hostile %s',
    async (parameter) => {
      const { response, page } = await consent({ [parameter]: HOSTILE, scopes: 'push' });
      expect(response.status).toBe(200);
      expect(page).not.toContain('<img src=x');
      expect(page).not.toContain('<script>');
      expect(page).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;');
    },
  );

  test('escapes a hostile username', async () => {
    const site = await createTestSite();
    site.changeUser('bob', { username: HOSTILE });
    const page = await (
      await site.get(`/user-api-key/new${query(keyRequest())}`, { cookie: 'session=bob' })
    ).text();
    expect(page).not.toContain('<img src=x');
  });

  test('has a strict Content-Security-Policy without form-action, which would block custom schemes', async () => {
    const { response, page } = await consent();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('form-action');
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-frame-options')).toBe('DENY');
    expect(page).not.toMatch(/<script(?! src="\/user-api-key\/assets\/)| style=| on\w+=/);
  });

  test('approves the request that it showed when its form is sent unchanged', async () => {
    const { site, page } = await consent({
      auth_redirect: null,
      expires_in_seconds: '60',
      application_name: 'Tom & "Jerry"',
    });
    const response = await site.send('/user-api-key', {
      method: 'POST',
      body: new URLSearchParams(readForm(page, '/user-api-key')),
      headers: alice,
    });
    expect(response.status).toBe(200);
    expect((await site.valetkey.keysOf('id-alice'))[0]).toMatchObject({ applicationName: 'Tom & "Jerry"' });
  });
});

describe('error page', () => {
  test('has the sentences and the code of the error, and repeats no input', async () => {
    const { response, page } = await consent({ auth_redirect: `https://evil.example/${HOSTILE}` });
    expect(response.status).toBe(403);
    expect(page).toContain('redirect_not_allowed');
    expect(page).not.toContain('evil.example');
    expect(page).not.toContain('<img src=x');
  });

  test('lists the allowed methods after a wrong one (405)', async () => {
    const { send } = await createTestSite();
    const response = await send('/user-api-key.json', { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.json()).toMatchObject({ code: 'method_not_allowed' });
    expect((await send('/user-api-key.json', { method: 'toString' })).status).toBe(405);
  });
});
