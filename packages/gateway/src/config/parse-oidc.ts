import { isIP } from 'node:net';
import type { OidcAccountsConfig } from './gateway-config.ts';
import { readConfigFile, readEnvironment, type SecretSources } from './read-secret.ts';
import { requireField } from './require-field.ts';
import type { YamlValue } from './yaml-value.ts';

const FIELDS = [
  'issuer',
  'client_id',
  'client_secret_env',
  'client_secret_file',
  'scopes',
  'username_claim',
  'groups_claim',
  'admin',
  'max_age',
  'session_seconds',
];
const DAY_SECONDS = 86_400;

/** Returns the provider of `oidc: { issuer, client_id, client_secret_env }`. */
export function parseOidc(value: YamlValue, sources: SecretSources): OidcAccountsConfig {
  const fields = value.fields(FIELDS);
  const env = fields.get('client_secret_env');
  const file = fields.get('client_secret_file');
  if (env && file) file.fail('The secret of the client has two sources.', 'Remove one of them.');
  const fromFile = file ? readConfigFile(file, sources.folder).trim() : null;
  return {
    kind: 'oidc',
    issuer: parseIssuer(requireField(fields, 'issuer', value)),
    clientId: requireField(fields, 'client_id', value).text(),
    clientSecret: env ? readEnvironment(env, sources) : fromFile,
    scopes: parseScopes(fields.get('scopes')),
    usernameClaim: fields.get('username_claim')?.text() ?? 'preferred_username',
    groupsClaim: fields.get('groups_claim')?.text() ?? 'groups',
    admin: parseAdmin(fields.get('admin')),
    maxAgeSeconds: fields.get('max_age')?.integer(0, 365 * DAY_SECONDS) ?? null,
    sessionSeconds: fields.get('session_seconds')?.integer(60, 30 * DAY_SECONDS) ?? 8 * 3_600,
  };
}

/** Over http, anybody on the way could sign in as anybody. */
function parseIssuer(value: YamlValue): string {
  const url = URL.parse(value.text());
  const isLocal =
    url?.hostname === 'localhost' || url?.hostname === '[::1]' || isLoopback(url?.hostname ?? '');
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return value.text();
  return value.fail(`${value.path} is not an https URL.`, 'Write the issuer, such as https://id.example.');
}

const isLoopback = (host: string): boolean => isIP(host) === 4 && host.startsWith('127.');

function parseScopes(value: YamlValue | undefined): readonly string[] {
  const scopes = value?.list().map((scope) => scope.text()) ?? ['openid', 'profile'];
  if (!scopes.includes('openid')) value?.fail('The scope openid is missing.', 'Add openid to the list.');
  return scopes;
}

function parseAdmin(value: YamlValue | undefined): OidcAccountsConfig['admin'] {
  if (!value) return null;
  const fields = value.fields(['claim', 'value']);
  return {
    claim: requireField(fields, 'claim', value).text(),
    value: requireField(fields, 'value', value).data(),
  };
}
