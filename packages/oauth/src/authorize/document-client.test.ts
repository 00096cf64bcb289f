import { describe, expect, test } from 'vitest';
import { CALLBACK, createOauthSite, DOCUMENT_URL } from '../test-support/oauth-site.ts';
import { documentHash, open } from '../test-support/open-authorization.ts';

describe('a client that is identified by the URL of its metadata', () => {
  test('is fetched after sign-in only, is shown by its host, and its name is quoted as unverified', async () => {
    const site = await createOauthSite();
    const asked = site.asks({ client_id: DOCUMENT_URL });
    expect((await open(site, asked, {})).url?.pathname).toBe('/login');
    expect(site.fetched).toEqual([]);
    const page = await (await open(site, asked)).response.text();
    expect(site.fetched).toEqual([DOCUMENT_URL]);
    expect(page).toContain('<bdi>client.example</bdi>');
    expect(page).toContain('The name that it sent is “<bdi>Document Client</bdi>”');
  });

  test('warns that any program can have asked if the answer goes to this computer', async () => {
    const site = await createOauthSite();
    const asked = site.asks({ client_id: DOCUMENT_URL, redirect_uri: 'http://localhost:3118/callback' });
    const page = await (await open(site, asked)).response.text();
    expect(page).toContain('no other program on this computer opened this page');
  });

  test('gets tokens at every step without being fetched again, and is listed for admins', async () => {
    const site = await createOauthSite();
    const { hash } = { hash: await documentHash(site) };
    const tokens = await site.connect({ client_id: DOCUMENT_URL, document_hash: hash });
    const next = await site.refresh(tokens.refresh_token, { client_id: DOCUMENT_URL });
    expect(next.status).toBe(200);
    expect(site.fetched).toHaveLength(1);
    expect(await site.store.findOauthClient(DOCUMENT_URL)).toMatchObject({
      kind: 'document',
      name: 'Document Client',
    });
  });

  test('is loaded again after a minute, so that a new redirect works', async () => {
    const site = await createOauthSite();
    const ask = () => open(site, site.asks({ client_id: DOCUMENT_URL }));
    await ask();
    site.advance(59_999);
    await ask();
    expect(site.fetched).toHaveLength(1);
    // Its headers allow no caching at all.
    site.advance(1);
    site.document.redirect_uris.push('https://client.example/new');
    const { response } = await open(
      site,
      site.asks({ client_id: DOCUMENT_URL, redirect_uri: 'https://client.example/new' }),
    );
    expect([response.status, site.fetched.length]).toEqual([200, 2]);
  });

  test('that has changed its metadata is shown again before it is approved', async () => {
    const site = await createOauthSite();
    const document_hash = await documentHash(site);
    site.document.client_name = 'Your Bank';
    site.advance(3_600_000);
    const changed = await site.decide(site.asks({ client_id: DOCUMENT_URL, document_hash }));
    expect(changed.location).toBeNull();
    expect(changed.text).toContain('Your Bank');
  });

  test.each([
    ['https://other.example/metadata.json'],
    ['https://client.example/'],
    ['https://client.example/a/../metadata.json'],
    ['https://client.example/%2e%2e/metadata.json'],
    ['https://user@client.example/metadata.json'],
    ['https://client.example/metadata.json#a'],
    ['https://client.example/metadata.json?a=1'],
    ['http://client.example/metadata.json'],
    ['https://CLIENT.example/metadata.json'],
    // A look-alike of client.example, with a Cyrillic letter: only its ASCII form is a client id.
    ['https://сlient.example/metadata.json'],
  ])('%s: one error for all that cannot be loaded or is no such URL', async (client_id) => {
    const site = await createOauthSite();
    const { response } = await open(site, site.asks({ client_id }));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('oauth_client_unknown');
  });

  test.each([
    ['another client_id', { client_id: 'https://client.example/other.json' }],
    ['a secret', { client_secret: 'abc' }],
    ['secret authentication', { token_endpoint_auth_method: 'client_secret_basic' }],
    ['no name', { client_name: '' }],
    ['a very long name', { client_name: 'n'.repeat(101) }],
    ['a directional name', { client_name: 'evil\u202Eknab' }],
    ['no redirects', { redirect_uris: [] }],
    ['a dangerous redirect', { redirect_uris: ['javascript:alert(1)', CALLBACK] }],
    ['an unencrypted redirect', { redirect_uris: ['http://client.example/callback', CALLBACK] }],
  ])('is unknown if its metadata has %s', async (_name, changes) => {
    const site = await createOauthSite();
    Object.assign(site.document, changes);
    const { response } = await open(site, site.asks({ client_id: DOCUMENT_URL }));
    expect([response.status, site.fetched.length]).toEqual([400, 1]);
  });

  test('is limited to the allowed domains, and to none if the setting is off; its tokens end too', async () => {
    const site = await createOauthSite();
    const tokens = await site.connect({ client_id: DOCUMENT_URL, document_hash: await documentHash(site) });
    await site.valetkey.settings.set('oauth_client_document_domains', 'other.example|client.example');
    expect((await open(site, site.asks({ client_id: DOCUMENT_URL }))).response.status).toBe(200);
    await site.valetkey.settings.set('oauth_client_document_domains', 'other.example|nt.example');
    expect((await open(site, site.asks({ client_id: DOCUMENT_URL }))).response.status).toBe(400);
    const refreshed = await site.refresh(tokens.refresh_token, { client_id: DOCUMENT_URL });
    expect(refreshed).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  test('that is blocked by an admin gets nothing at any endpoint', async () => {
    const site = await createOauthSite();
    const tokens = await site.connect({ client_id: DOCUMENT_URL, document_hash: await documentHash(site) });
    await site.store.setOauthClientBlocked(DOCUMENT_URL, site.now());
    expect((await open(site, site.asks({ client_id: DOCUMENT_URL }))).response.status).toBe(403);
    expect(await site.refresh(tokens.refresh_token, { client_id: DOCUMENT_URL })).toMatchObject({
      error: 'invalid_client',
    });
  });

  test('is fetched at most 10 times a minute for one user', async () => {
    const site = await createOauthSite();
    const statuses = [];
    for (let index = 0; index < 11; index += 1) {
      const { response } = await open(site, site.asks({ client_id: `https://client.example/${index}` }));
      statuses.push(response.status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 400), 429]);
  });
});
