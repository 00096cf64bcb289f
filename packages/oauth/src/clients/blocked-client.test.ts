import { hashKey } from '@valetkey/server';
import { expect, test } from 'vitest';
import { CALLBACK, createOauthSite, DOCUMENT_URL, registeredClient } from '../test-support/oauth-site.ts';
import { open } from '../test-support/open-authorization.ts';

async function createBlockedSite() {
  const site = await createOauthSite();
  const block = (kind: string, value: string) =>
    site.post('/admin/user-api-key-blocks.json', { kind, value, reason: 'It is a copy.' }, 'admin');
  const unblock = (kind: string, value: string) =>
    site.post('/admin/user-api-key-blocks/delete.json', { kind, value }, 'admin');
  return { ...site, block, unblock };
}

test.each([
  ['host', 'client.example'],
  ['host', 'EXAMPLE'],
  ['client_id', 'public-client'],
])(
  'an OAuth client that is blocked by %s %s: its tokens stop, and work again when it is unblocked',
  async (kind, value) => {
    const site = await createBlockedSite();
    const tokens = await site.connect();
    const code = await site.approveCode();
    await site.block(kind, value);
    expect(await site.use(tokens.access_token)).toBe('403 app_blocked');
    for (const answer of [await site.refresh(tokens.refresh_token), await site.redeem(code)])
      expect(answer).toMatchObject({ error: expect.stringMatching(/^(invalid|unauthorized)_client$/) });
    const { response, location } = await open(site, site.asks());
    expect([response.status, location]).toEqual([403, '']);
    expect(await response.text()).toContain('It is a copy.');
    const apps = await site.get('/u/alice/preferences/apps', { cookie: 'session=alice' });
    expect(await apps.text()).toContain('It is a copy.');

    await site.unblock(kind, value);
    expect(await site.use(tokens.access_token)).toBe('ok');
    expect((await site.refresh(tokens.refresh_token)).status).toBe(200);
    expect((await site.redeem(code)).status).toBe(200);
  },
);

test.each([
  ['client_id', 'public-client'],
  ['host', 'client.example'],
])('introspection calls the token of a client inactive while it is blocked by %s', async (kind, value) => {
  const site = await createBlockedSite();
  await site.store.saveOauthClient(
    registeredClient({ clientId: 'service', secretHash: hashKey('secret') }),
    null,
  );
  const { access_token } = await site.connect();
  const form = { token: String(access_token), client_id: 'service', client_secret: 'secret' };
  const introspect = () => site.postForm('/oauth/introspect', form);
  await site.block(kind, value);
  expect(await introspect()).toMatchObject({ status: 200, active: false });
  await site.unblock(kind, value);
  expect(await introspect()).toMatchObject({ status: 200, active: true });
});

test('an OAuth client with a loopback redirect is not blocked by the host of its other redirect', async () => {
  const site = await createBlockedSite();
  const redirect_uri = 'http://127.0.0.1:4711/callback';
  await site.block('host', 'client.example');
  const tokens = await site.connect({ redirect_uri });
  expect(await site.use(tokens.access_token)).toBe('ok');
});

test('a client whose metadata document is on a blocked host is refused before the document is fetched', async () => {
  const site = await createBlockedSite();
  await site.block('host', new URL(CALLBACK).hostname);
  const { response } = await open(site, site.asks({ client_id: DOCUMENT_URL }));
  expect([response.status, site.fetched]).toEqual([403, []]);
});
