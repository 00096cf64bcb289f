import { describe, expect, test } from 'vitest';
import { CALLBACK, createOauthSite, DOCUMENT_URL } from '../test-support/oauth-site.ts';
import { documentHash } from '../test-support/open-authorization.ts';

const ADMIN = { cookie: 'session=admin' };
const FORM = { name: 'Grafana', redirect_uris: `${CALLBACK}\r\nhttp://127.0.0.1/cb\n`, kind: 'confidential' };

async function createAdminSite() {
  const site = await createOauthSite();
  const register = async (changes: Record<string, string> = {}) => {
    const response = await site.post('/admin/oauth-clients.json', { ...FORM, ...changes }, 'admin');
    const { client } = (await response.json()) as { client: Record<string, string> };
    return { status: String(response.status), ...client } as Record<string, string>;
  };
  const change = (action: string, client_id: string, as = 'admin') =>
    site.post(`/admin/oauth-clients/${action}.json`, { client_id }, as);
  return { ...site, register, change };
}

describe('POST /admin/oauth-clients', () => {
  test('registers a confidential client, whose secret is in this response only and stored as a hash', async () => {
    const site = await createAdminSite();
    const { client_id = '', client_secret = '' } = await site.register();
    expect(client_secret).toMatch(/^[\w-]{43}$/);
    const code = await site.approveCode({ client_id });
    const answer = await site.redeem({ ...code, client_id, client_secret });
    expect(answer).toMatchObject({ status: 200, token_type: 'Bearer' });
    const listed = await (await site.get('/admin/oauth-clients.json', ADMIN)).text();
    const page = await (await site.get('/admin/oauth-clients', ADMIN)).text();
    for (const text of [listed, page, JSON.stringify(await site.store.findOauthClient(client_id))]) {
      expect(text).toContain('Grafana');
      expect(text).not.toContain(client_secret);
    }
  });

  test('the page shows the secret once, and a rejected form keeps what was entered', async () => {
    const site = await createAdminSite();
    const created = await (await site.post('/admin/oauth-clients', FORM, 'admin')).text();
    expect(created).toMatch(/<textarea id="secret"[^>]*>[\w-]{43}<\/textarea>/);
    const rejected = await site.post(
      '/admin/oauth-clients',
      { ...FORM, redirect_uris: 'http://x.example/' },
      'admin',
    );
    expect(rejected.status).toBe(400);
    expect(await rejected.text()).toContain('value="Grafana"');
  });

  test('stores the URLs for the return after sign-out, and rejects one that a browser must not open', async () => {
    const site = await createAdminSite();
    const after = 'https://client.example/signed-out';
    const created = await site.register({ post_logout_redirect_uris: after });
    expect(created).toMatchObject({ post_logout_redirect_uris: [after] });
    const rejected = await site.register({ post_logout_redirect_uris: 'javascript:alert(1)' });
    expect(rejected.status).toBe('400');
  });

  test('a public client has no secret and needs PKCE; a confidential one may be an exception', async () => {
    const site = await createAdminSite();
    expect(await site.register({ kind: 'public' })).toMatchObject({
      requires_pkce: true,
      token_endpoint_auth_method: 'none',
    });
    expect(await site.register({ kind: 'public' })).not.toHaveProperty('client_secret');
    expect(await site.register({ kind: 'confidential_without_pkce' })).toMatchObject({
      requires_pkce: false,
    });
  });

  test.each([
    [{ redirect_uris: '' }],
    [{ redirect_uris: 'javascript:alert(1)' }],
    [{ name: ' ' }],
    [{ name: 'x'.repeat(101) }],
    [{ kind: 'root' }],
  ])('rejects %j (400)', async (changes) => {
    const { post } = await createAdminSite();
    expect((await post('/admin/oauth-clients.json', { ...FORM, ...changes }, 'admin')).status).toBe(400);
  });

  test('is for admins with a session and its CSRF token, as all changes are', async () => {
    const site = await createAdminSite();
    for (const path of ['', '/block', '/unblock', '/delete', '/refresh']) {
      const url = `/admin/oauth-clients${path}.json`;
      const form = { ...FORM, client_id: 'public-client' };
      expect((await site.post(url, form, 'alice')).status).toBe(403);
      expect((await site.post(url, form, null)).status).toBe(403);
      expect((await site.post(url, form, null, ADMIN)).status).toBe(403);
    }
    expect((await site.get('/admin/oauth-clients.json', { cookie: 'session=alice' })).status).toBe(403);
    expect(await site.store.findOauthClient('public-client')).toMatchObject({ blockedAt: null });
  });
});

describe('an OAuth client', () => {
  test('that is blocked loses all access at once, and can be unblocked; both are audited', async () => {
    const { connect, change, use, refresh, store } = await createAdminSite();
    const [ofAlice, ofBob] = [await connect(), await connect({}, 'bob')];
    expect((await change('block', 'public-client')).status).toBe(200);
    expect([await use(ofAlice.access_token), await use(ofBob.access_token)]).toEqual([
      '401 key_revoked',
      '401 key_revoked',
    ]);
    expect(await refresh(ofBob.refresh_token)).toMatchObject({ error: 'invalid_client' });
    await change('unblock', 'public-client');
    expect(await use((await connect()).access_token)).toBe('ok');
    const events = await store.listAuditEvents({ beforeId: null, limit: 20 });
    const ofAdmin = events.filter(({ actorId }) => actorId === 'id-admin').map(({ action }) => action);
    expect(ofAdmin).toEqual(['oauth_client_unblocked', 'key_revoked', 'key_revoked', 'oauth_client_blocked']);
  });

  test('that a block of the whole site covers is marked on the page, which links to the blocks', async () => {
    const { post, get } = await createAdminSite();
    const block = { kind: 'host', value: 'client.example', reason: 'It sent spam.' };
    expect((await post('/admin/user-api-key-blocks.json', block, 'admin')).status).toBe(200);
    const { clients } = (await (await get('/admin/oauth-clients.json', ADMIN)).json()) as {
      clients: object[];
    };
    expect(clients[0]).toMatchObject({
      blocked_at: null,
      blocked_by: { kind: 'host', value: 'client.example' },
    });
    const page = await (await get('/admin/oauth-clients', ADMIN)).text();
    for (const text of ['Blocked', 'It sent spam.', 'href="/admin/user-api-key-blocks"']) {
      expect(page).toContain(text);
    }
  });

  test('that is deleted loses all access, and is unknown then', async () => {
    const { connect, change, use, decide, asks } = await createAdminSite();
    const { access_token } = await connect();
    expect((await change('delete', 'public-client')).status).toBe(200);
    expect((await change('delete', 'public-client')).status).toBe(400);
    expect(await use(access_token)).toBe('401 key_revoked');
    expect((await decide(asks())).status).toBe(400);
  });

  test('with a metadata document is listed after its first approval, and its metadata can be loaded again', async () => {
    const site = await createAdminSite();
    await site.connect({ client_id: DOCUMENT_URL, document_hash: await documentHash(site) });
    const page = await (await site.get('/admin/oauth-clients', ADMIN)).text();
    expect(page).toContain(DOCUMENT_URL);
    expect(page).toContain('Load its metadata again');
    site.document.client_name = 'Renamed Client';
    await documentHash(site);
    expect(site.fetched).toHaveLength(1);
    expect((await site.change('refresh', DOCUMENT_URL)).status).toBe(200);
    await documentHash(site);
    expect(site.fetched).toHaveLength(2);
  });
});
