import { describe, expect, test } from 'vitest';
import { createOauthSite } from '../test-support/oauth-site.ts';

const WELL_KNOWN = '/.well-known/oauth-authorization-server';

async function createMetadataSite(options: Parameters<typeof createOauthSite>[0] = {}) {
  const site = await createOauthSite(options);
  return {
    ...site,
    async read(url: string) {
      const response = await site.valetkey.fetch(new Request(url), { ipAddress: '192.0.2.1' });
      return (await response?.json()) as Record<string, unknown> & { scopes_supported: string[] };
    },
  };
}

describe('metadata', () => {
  test('of the authorization server (RFC 8414): all endpoints are on the issuer, and no member is null', async () => {
    const { read } = await createMetadataSite();
    const metadata = await read(`https://forum.example${WELL_KNOWN}`);
    expect(metadata).toMatchObject({
      issuer: 'https://forum.example',
      authorization_endpoint: 'https://forum.example/oauth/authorize',
      token_endpoint: 'https://forum.example/oauth/token',
      revocation_endpoint: 'https://forum.example/oauth/revoke',
      introspection_endpoint: 'https://forum.example/oauth/introspect',
      device_authorization_endpoint: 'https://forum.example/oauth/device_authorization',
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
    });
    expect(metadata.token_endpoint_auth_methods_supported).toContain('none');
    expect(metadata).not.toHaveProperty('registration_endpoint');
    for (const [name, value] of Object.entries(metadata)) {
      expect(value, name).not.toBeNull();
      if (name.endsWith('_endpoint')) expect(value).toMatch(/^https:\/\/forum\.example\/[a-z_/]+$/);
    }
  });

  test('of a site in a folder is found at both places, and names the folder', async () => {
    const { read } = await createMetadataSite({ baseUrl: 'https://example.org/forum' });
    const inserted = await read(`https://example.org${WELL_KNOWN}/forum`);
    expect(inserted).toEqual(await read(`https://example.org/forum${WELL_KNOWN}`));
    expect(inserted.issuer).toBe('https://example.org/forum');
    expect(inserted.token_endpoint).toBe('https://example.org/forum/oauth/token');
  });

  test('of each resource (RFC 9728) names itself and the issuer, also in a folder', async () => {
    const { read } = await createMetadataSite();
    const base = 'https://forum.example/.well-known/oauth-protected-resource';
    expect(await read(base)).toMatchObject({
      resource: 'https://forum.example',
      authorization_servers: ['https://forum.example'],
      bearer_methods_supported: ['header'],
    });
    expect(await read(`${base}/mcp`)).toMatchObject({ resource: 'https://forum.example/mcp' });
    expect((await read(base)).scopes_supported).not.toContain('offline_access');
    const inFolder = await createMetadataSite({ baseUrl: 'https://example.org/forum' });
    const folder = 'https://example.org/.well-known/oauth-protected-resource/forum';
    expect(await inFolder.read(folder)).toMatchObject({ resource: 'https://example.org/forum' });
    expect(await inFolder.read(`${folder}/mcp`)).toMatchObject({ resource: 'https://example.org/forum/mcp' });
  });

  test('every listed scope can be requested together: the answer is consent, not invalid_scope', async () => {
    const { read, connect } = await createMetadataSite();
    const { scopes_supported } = await read(`https://forum.example${WELL_KNOWN}`);
    const scope = scopes_supported.join(' ');
    const tokens = await connect({ scope, shown_scopes: scope });
    expect(tokens.scope).toBe(scopes_supported.filter((name) => name !== 'offline_access').join(' '));
  });

  test('follows the settings', async () => {
    const { read, valetkey } = await createMetadataSite();
    await valetkey.settings.set('allow_oauth_client_documents', false);
    await valetkey.settings.set('allow_user_api_key_scopes', 'read');
    const metadata = await read(`https://forum.example${WELL_KNOWN}`);
    expect(metadata.client_id_metadata_document_supported).toBe(false);
    expect(metadata.scopes_supported).toEqual(['read', 'offline_access']);
  });
});

describe('a refused access token', () => {
  test.each([
    ['unknown', 'f'.repeat(32)],
    ['no token', ''],
    ['a refresh token', 'Aa0_-'.repeat(8)],
  ])('%s: 401 with the URL of the metadata', async (_name, token) => {
    const { valetkey } = await createMetadataSite({ baseUrl: 'https://example.org/forum' });
    const headers = { authorization: `Bearer ${token}` };
    const request = new Request('https://example.org/forum/latest', { headers });
    const result = await valetkey.authorize(request, { name: 'list#latest' }, { ipAddress: '192.0.2.1' });
    const response = result.kind === 'refused' ? await result.response() : null;
    expect(response?.status).toBe(401);
    expect(response?.headers.get('www-authenticate')).toMatch(
      /^Bearer error="invalid_token", error_description="[^"]+", resource_metadata="https:\/\/example\.org\/\.well-known\/oauth-protected-resource\/forum"$/,
    );
  });
});

describe('CORS', () => {
  const preflight = (site: Awaited<ReturnType<typeof createOauthSite>>, path: string) =>
    site.valetkey.fetch(
      new Request(`https://forum.example${path}`, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://app.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'mcp-protocol-version,authorization',
        },
      }),
      { ipAddress: '192.0.2.1' },
    );

  test.each([
    ['/oauth/token'],
    ['/oauth/revoke'],
    ['/oauth/device_authorization'],
    [WELL_KNOWN],
    ['/.well-known/oauth-protected-resource'],
    ['/.well-known/oauth-protected-resource/mcp'],
  ])('%s is open to every origin, without credentials, also when it refuses', async (path) => {
    const site = await createOauthSite();
    const allowed = await preflight(site, path);
    expect(allowed?.status).toBe(204);
    expect(allowed?.headers.get('access-control-allow-origin')).toBe('*');
    expect(allowed?.headers.get('access-control-allow-headers')).toContain('mcp-protocol-version');
    expect(allowed?.headers.get('access-control-allow-credentials')).toBeNull();
    const method = path.startsWith('/oauth/') ? 'POST' : 'GET';
    const response = await site.send(path, { method, headers: { origin: 'https://app.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });

  test.each([['/oauth/authorize'], ['/oauth/consent'], ['/oauth/introspect'], ['/oauth/grants/revoke']])(
    '%s is closed to other origins',
    async (path) => {
      const site = await createOauthSite();
      const refused = await preflight(site, path);
      expect(refused?.status).toBe(405);
      expect(refused?.headers.get('access-control-allow-origin')).toBeNull();
      const response = await site.send(path, { method: 'POST', headers: { origin: 'https://app.example' } });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});
