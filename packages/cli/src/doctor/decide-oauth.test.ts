import { describe, expect, test } from 'vitest';
import { decideOauth, oauthMetadataUrl } from './decide-oauth.ts';

const SITE = 'https://forum.example';
const METADATA = {
  issuer: SITE,
  authorization_endpoint: `${SITE}/oauth/authorize`,
  token_endpoint: `${SITE}/oauth/token`,
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
};

const decide = (metadata: unknown, status = 200) => {
  const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata);
  const [found] = decideOauth(SITE, { url: SITE, status, headers: new Headers(), text });
  return found;
};

describe('doctor: what an OAuth client finds', () => {
  test.each<[string, unknown, number, string]>([
    ['a Discourse forum', 'Not found', 404, 'oauth_off'],
    ['a page instead of metadata', '<p>Sign in</p>', 200, 'oauth_off'],
    ['metadata without an issuer', {}, 200, 'oauth_off'],
    ['another issuer', { ...METADATA, issuer: `${SITE}/` }, 200, 'oauth_issuer_differs'],
    [
      'an endpoint of another host',
      { ...METADATA, token_endpoint: 'https://forum.example.evil.example/token' },
      200,
      'oauth_endpoint_elsewhere',
    ],
    [
      'an unencrypted endpoint',
      { ...METADATA, token_endpoint: 'http://forum.example/token' },
      200,
      'oauth_endpoint_elsewhere',
    ],
    ['no authorization endpoint', { issuer: SITE }, 200, 'oauth_device_only'],
    ['complete metadata', METADATA, 200, 'oauth_on'],
  ])('%s', (_name, metadata, status, code) => {
    expect(decide(metadata, status)?.code).toBe(code);
  });

  test('names what a client can use', () => {
    const all = {
      ...METADATA,
      client_id_metadata_document_supported: true,
      userinfo_endpoint: `${SITE}/oauth/userinfo`,
      registration_endpoint: `${SITE}/oauth/register`,
    };
    expect(decide(all)?.seen).toBe(
      'OAuth clients find: authorization codes, PKCE, refresh tokens, client ids that are URLs, sign-in by OpenID Connect, registration by themselves.',
    );
  });

  test('the path of a site in a folder follows the well-known path', () => {
    const path = 'https://example.org/.well-known/oauth-authorization-server';
    expect(oauthMetadataUrl('https://example.org/forum').href).toBe(`${path}/forum`);
    expect(oauthMetadataUrl('https://example.org').href).toBe(path);
  });
});
