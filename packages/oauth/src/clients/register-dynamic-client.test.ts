import { describe, expect, test } from 'vitest';
import { CALLBACK, createOauthSite } from '../test-support/oauth-site.ts';
import { open } from '../test-support/open-authorization.ts';

const METADATA = {
  client_name: 'Dynamic Client',
  redirect_uris: [CALLBACK],
  token_endpoint_auth_method: 'client_secret_post',
};

async function createRegistrationSite() {
  const site = await createOauthSite();
  await site.valetkey.settings.set('allow_oauth_client_registration', true);
  const register = async (metadata: object, ipAddress?: string, type = 'application/json') => {
    const init = { method: 'POST', body: JSON.stringify(metadata), headers: { 'content-type': type } };
    const response = await site.send('/oauth/register', init, ipAddress);
    return {
      status: response.status,
      body: (await response.json()) as Record<string, string>,
      headers: response.headers,
    };
  };
  return { ...site, register };
}

describe('POST /oauth/register', () => {
  test('is off by default, and the metadata does not name it', async () => {
    const site = await createRegistrationSite();
    const read = async () => (await site.get('/.well-known/oauth-authorization-server')).json();
    expect(await read()).toMatchObject({ registration_endpoint: 'https://forum.example/oauth/register' });
    await site.valetkey.settings.set('allow_oauth_client_registration', false);
    expect(await site.register(METADATA)).toMatchObject({ status: 403, body: { error: 'access_denied' } });
    expect(await read()).not.toHaveProperty('registration_endpoint');
  });

  test('registers a public client without a secret, which is unverified on the consent page', async () => {
    const site = await createRegistrationSite();
    const { status, body, headers } = await site.register(METADATA);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([201, '*']);
    expect(body).toMatchObject({ client_name: 'Dynamic Client', token_endpoint_auth_method: 'none' });
    expect(body).not.toHaveProperty('client_secret');
    const { client_id = '' } = body;
    const page = await (await open(site, site.asks({ client_id }))).response.text();
    expect(page).toContain('Unverified app');
    expect((await site.connect({ client_id })).status).toBe(200);
  });

  test('a client survives that the setting is turned off; unused ones are deleted after a week', async () => {
    const site = await createRegistrationSite();
    const [used, unused] = [(await site.register(METADATA)).body, (await site.register(METADATA)).body];
    const tokens = await site.connect({ client_id: used.client_id ?? '' });
    await site.valetkey.settings.set('allow_oauth_client_registration', false);
    expect((await site.refresh(tokens.refresh_token, { client_id: used.client_id ?? '' })).status).toBe(200);
    site.advance(8 * 86_400_000);
    await site.valetkey.runDailyJobs();
    expect(await site.store.findOauthClient(used.client_id ?? '')).not.toBeNull();
    expect(await site.store.findOauthClient(unused.client_id ?? '')).toBeNull();
  });

  test.each([
    [{ redirect_uris: [CALLBACK] }, 'invalid_client_metadata'],
    [{ client_name: 'A', redirect_uris: [] }, 'invalid_redirect_uri'],
    [{ client_name: 'A', redirect_uris: 'https://client.example/' }, 'invalid_redirect_uri'],
    [{ client_name: 'A', redirect_uris: ['http://client.example/'] }, 'invalid_redirect_uri'],
    [{ client_name: 'A', redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
    [{ client_name: 'A\u202e', redirect_uris: [CALLBACK] }, 'invalid_client_metadata'],
    [{ client_name: '\u3164', redirect_uris: [CALLBACK] }, 'invalid_client_metadata'],
    [{ client_name: 'Allow \u115f to act?', redirect_uris: [CALLBACK] }, 'invalid_client_metadata'],
  ])('rejects %j', async (metadata, error) => {
    const { register } = await createRegistrationSite();
    expect(await register(metadata)).toMatchObject({ status: 400, body: { error } });
  });

  test('accepts JSON only, so that no form of a web page registers a client', async () => {
    const { register } = await createRegistrationSite();
    expect((await register(METADATA, undefined, 'text/plain')).status).toBe(400);
  });

  test('is limited by IP address; the addresses of one IPv6 network count together', async () => {
    const { register, valetkey } = await createRegistrationSite();
    await valetkey.settings.set('oauth_client_registrations_per_day', 1);
    const from = async (ipAddress: string) => (await register(METADATA, ipAddress)).status;
    expect([await from('2001:db8::1'), await from('2001:DB8::2'), await from('2001:db8:0:1::1')]).toEqual([
      201, 429, 201,
    ]);
    expect([await from('192.0.2.7'), await from('::ffff:192.0.2.7')]).toEqual([201, 429]);
  });
});
