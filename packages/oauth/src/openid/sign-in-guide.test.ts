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

/** The settings that the documentation of each product has, or its source if the documentation does not list them. */
const DOCUMENTED: Readonly<Record<string, { readonly source: string; readonly names: string }>> = {
  Nextcloud: {
    source: 'https://github.com/nextcloud/user_oidc/blob/main/lib/Command/UpsertProvider.php',
    names:
      'clientid clientsecret clientsecret-file discoveryuri endsessionendpointuri postlogouturi scope unique-uid send-id-token-hint mapping-uid mapping-display-name mapping-email',
  },
  GitLab: {
    source: 'https://docs.gitlab.com/administration/auth/oidc',
    names:
      'omniauth_allow_single_sign_on omniauth_providers name label icon args scope response_type issuer discovery client_auth_method uid_field send_scope_to_token_endpoint pkce client_options identifier secret redirect_uri',
  },
  Grafana: {
    source:
      'https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/generic-oauth/',
    names:
      'enabled name icon client_id client_secret auth_url token_url api_url auth_style scopes allow_sign_up login_attribute_path name_attribute_path email_attribute_path role_attribute_path use_pkce use_refresh_token',
  },
  'oauth2-proxy': {
    source: 'https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview',
    names:
      'provider provider_display_name oidc_issuer_url oidc_email_claim client_id client_secret redirect_url scope code_challenge_method email_domains cookie_secret upstreams',
  },
  'Keycloak as a broker': {
    source:
      'https://github.com/keycloak/keycloak/blob/main/services/src/main/java/org/keycloak/broker/oidc/OIDCIdentityProviderConfig.java',
    names:
      'alias displayName providerId enabled config issuer authorizationUrl tokenUrl userInfoUrl jwksUrl logoutUrl useJwksUrl validateSignature clientAuthMethod clientId clientSecret defaultScope pkceEnabled pkceMethod syncMode',
  },
};

/** Returns the names of the settings in a block: `--name=`, `name =`, `name:`, `"name":` and `['name'] =`. */
const namesIn = (block: string): string[] =>
  [...block.matchAll(/^\s*(?:--|[{"']|\w+\[')?([\w-]+)(?:["']?\]?)\s*(?:=|:\s)/gm)].map(
    ([, name = '']) => name,
  );

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

  test.each(Object.entries(DOCUMENTED))(
    '%s: its documentation has each of its settings',
    (name, { names }) => {
      const used = namesIn(readSection(name).block);
      expect(used.length).toBeGreaterThan(5);
      expect(used.filter((each) => !names.split(' ').includes(each))).toEqual([]);
    },
  );

  test('has a section for each product, and no other settings', () => {
    const sections = [...guide.matchAll(/^## (.+)\n[\s\S]*?(?=^## |$(?![\s\S]))/gm)];
    const withSettings = sections.filter(([text]) => text.includes('```')).map(([, name]) => name);
    expect(withSettings).toEqual(Object.keys(PRODUCTS));
  });
});
