import { readFileSync } from 'node:fs';
import { hashKey } from '@valetkey/server/extension';
import { describe, expect, test } from 'vitest';
import { createPkce, registeredClient } from '../test-support/oauth-site.ts';
import { createOpenIdSite } from '../test-support/open-id-site.ts';

const guide = readFileSync(
  new URL('../../../../docs/guides/sign-in-with-your-site.md', import.meta.url),
  'utf8',
);

/** What a product would do with its settings. */
interface Product {
  /** Members of the metadata, as the settings have them. */
  readonly found: Readonly<Record<string, string | undefined>>;
  readonly scope: string;
  readonly usesPkce: boolean;
  readonly authentication: 'basic' | 'post';
  /** The redirect in the settings; undefined if the product computes it. */
  readonly redirect?: string | undefined;
}

const DISCOVERY = '/.well-known/openid-configuration';
/** Returns the value of a setting, as `key = value`, `key: "value"` or `--key="value"`. */
const reader = (block: string) => (key: string) =>
  new RegExp(`(?:^|[\\s{-])${key}"?\\s*[=:]\\s*["']?([^"',\\n]+)`).exec(block)?.[1];

/** How each product reads its settings, and what it does by its documentation. */
const PRODUCTS: Readonly<Record<string, (block: string) => Product>> = {
  'Auth.js': (block) => ({
    found: { issuer: reader(block)('issuer') },
    scope: 'openid profile email',
    usesPkce: true,
    authentication: 'basic',
  }),
  Nextcloud: (block) => ({
    found: { issuer: reader(block)('discoveryuri')?.replace(DISCOVERY, '') },
    scope: reader(block)('scope') ?? '',
    usesPkce: true,
    authentication: 'post',
  }),
  GitLab: (block) => ({
    found: { issuer: reader(block)('issuer') },
    scope: [...(/scope: \[([^\]]+)\]/.exec(block)?.[1] ?? '').matchAll(/"(\w+)"/g)]
      .map(([, name]) => name)
      .join(' '),
    usesPkce: reader(block)('pkce') === 'true',
    authentication: reader(block)('client_auth_method') === 'basic' ? 'basic' : 'post',
    redirect: reader(block)('redirect_uri'),
  }),
  Grafana: (block) => ({
    found: {
      authorization_endpoint: reader(block)('auth_url'),
      token_endpoint: reader(block)('token_url'),
      userinfo_endpoint: reader(block)('api_url'),
    },
    scope: reader(block)('scopes') ?? '',
    usesPkce: reader(block)('use_pkce') === 'true',
    authentication: 'basic',
  }),
  'oauth2-proxy': (block) => ({
    found: { issuer: reader(block)('oidc_issuer_url') },
    scope: reader(block)('scope') ?? '',
    usesPkce: reader(block)('code_challenge_method') === 'S256',
    authentication: 'basic',
    redirect: reader(block)('redirect_url'),
  }),
  'Keycloak as a broker': (block) => {
    const { config } = JSON.parse(block) as { config: Record<string, string> };
    return {
      found: {
        issuer: config.issuer,
        authorization_endpoint: config.authorizationUrl,
        token_endpoint: config.tokenUrl,
        userinfo_endpoint: config.userInfoUrl,
        jwks_uri: config.jwksUrl,
        end_session_endpoint: config.logoutUrl,
      },
      scope: config.defaultScope ?? '',
      usesPkce: config.pkceEnabled === 'true' && config.pkceMethod === 'S256',
      authentication: config.clientAuthMethod === 'client_secret_post' ? 'post' : 'basic',
    };
  },
};

/** The section of a product: its settings, and the redirect URL to register. */
function readSection(name: string) {
  const [, section = ''] = guide.split(`\n## ${name}\n`);
  const [own = ''] = section.split('\n## ');
  const [, block = ''] = /```\w+\n([\s\S]+?)```/.exec(own) ?? [];
  const [, redirect = ''] = /Redirect URL: `([^`]+)`/.exec(own) ?? [];
  return { block, redirect };
}

describe('docs/guides/sign-in-with-your-site.md', () => {
  test.each(Object.entries(PRODUCTS))(
    '%s: its settings name the endpoints of the site, and sign a user in',
    async (name, read) => {
      const site = await createOpenIdSite();
      const { block, redirect } = readSection(name);
      const product = read(block);
      const metadata = await (await site.get(DISCOVERY)).json();
      expect(metadata).toMatchObject(product.found);
      expect(Object.values(product.found)).not.toContain(undefined);
      expect(product.redirect ?? redirect).toBe(redirect);
      expect([product.scope.split(' ')[0], product.usesPkce]).toEqual(['openid', true]);

      const [client_id, secret] = ['the client id', 'the client secret'];
      await site.store.saveOauthClient(
        registeredClient({ clientId: client_id, secretHash: hashKey(secret), redirectUris: [redirect] }),
        null,
      );
      const { code_verifier, code_challenge } = createPkce();
      const asked = { client_id, redirect_uri: redirect, scope: product.scope, code_challenge };
      const { answer } = await site.decide({ ...site.asks(asked), shown_scopes: '' });
      const form = {
        grant_type: 'authorization_code',
        code: answer?.code ?? '',
        code_verifier,
        redirect_uri: redirect,
      };
      const basic = Buffer.from(`${encodeURIComponent(client_id)}:${encodeURIComponent(secret)}`).toString(
        'base64',
      );
      const tokens =
        product.authentication === 'basic'
          ? await site.postForm('/oauth/token', form, { authorization: `Basic ${basic}` })
          : await site.postForm('/oauth/token', { ...form, client_id, client_secret: secret });
      expect(tokens).toMatchObject({ status: 200, id_token: expect.any(String) });
      expect(await site.userinfo(tokens.access_token)).toMatchObject({
        status: 200,
        body: { sub: 'id-alice', preferred_username: 'alice' },
      });
    },
  );

  test('has a section for each product, and no other settings', () => {
    const sections = [...guide.matchAll(/^## (.+)\n[\s\S]*?(?=^## |$(?![\s\S]))/gm)];
    const withSettings = sections.filter(([text]) => text.includes('```')).map(([, name]) => name);
    expect(withSettings).toEqual(Object.keys(PRODUCTS));
  });
});
