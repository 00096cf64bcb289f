import { dirname, resolve } from 'node:path';
import { parseOpenapiScopes } from '../openapi/parse-openapi-scopes.ts';
import type { GatewayConfig, ListenAddress } from './gateway-config.ts';
import { isHttpUrl, parseAccounts } from './parse-accounts.ts';
import { parseListenAddress, parsePeers } from './parse-address.ts';
import { parseScopes } from './parse-scopes.ts';
import { parseSettings } from './parse-settings.ts';
import { parseStore, parseValkey } from './parse-store.ts';
import { readConfigFile, readSecret, type SecretSources } from './read-secret.ts';
import { requireField } from './require-field.ts';
import { parseYaml, type YamlValue } from './yaml-value.ts';

const REQUIRED = ['name', 'base_url', 'listen', 'upstream', 'store', 'accounts'];
const OPTIONAL = [
  'scopes',
  'openapi',
  'settings',
  'valkey',
  'monitor',
  'monitor_from',
  'tls',
  'trusted_proxies',
  'forward_auth',
  'paths',
  'audience',
  'secret',
  'timeouts',
  'limits',
];

/**
 * Parses a configuration. Relative paths in it start at the folder of the file.
 *
 * @throws ConfigError with file, line, column, problem and remedy
 */
export function parseConfig(
  text: string,
  file: string,
  environment: SecretSources['environment'],
): GatewayConfig {
  const root = parseYaml(text, file);
  const fields = root.fields([...REQUIRED, ...OPTIONAL]);
  const field = (name: string) => requireField(fields, name, root);
  const folder = dirname(resolve(file));
  const sources = { folder, environment };
  const openapi = fields.get('openapi');
  if (openapi && fields.has('scopes')) openapi.fail('Both scopes and openapi are set.', 'Use one of them.');
  const byOperation = openapi ? parseOpenapiScopes(openapi, folder) : null;
  const { scopes, routes } = byOperation ?? parseScopes(field('scopes'));
  const upstream = parseOrigin(field('upstream'));
  const monitor = fields.get('monitor');
  return {
    name: field('name').text(),
    baseUrl: parseBaseUrl(field('base_url')),
    listen: resolveSocket(parseListenAddress(field('listen')), folder),
    monitor: monitor ? resolveSocket(parseListenAddress(monitor), folder) : null,
    monitorFrom: fields.has('monitor_from') ? parseMonitorFrom(field('monitor_from')) : [],
    tls: parseTls(fields.get('tls'), folder),
    upstream,
    store: parseStore(field('store'), sources),
    valkey: parseValkey(fields.get('valkey'), sources),
    accounts: parseAccounts(field('accounts'), sources),
    scopes,
    routes,
    openapi: byOperation,
    settings: parseSettings(fields.get('settings')),
    trustedProxies: fields.has('trusted_proxies') ? parsePeers(field('trusted_proxies')) : [],
    forwardAuth: parseForwardAuth(fields.get('forward_auth')),
    allowsSemicolons: fields.get('paths')?.fields(['semicolons']).get('semicolons')?.boolean() ?? false,
    audience: fields.get('audience')?.text() ?? upstream,
    secret: parseSigningSecret(fields.get('secret'), sources),
    timeouts: parseTimeouts(fields.get('timeouts')),
    limits: parseLimits(fields.get('limits')),
  };
}

function parseBaseUrl(value: YamlValue): string {
  const url = URL.parse(value.text());
  const isUsable = url && isHttpUrl(url.href) && !url.search && !url.hash && !url.username && !url.password;
  if (!isUsable)
    return value.fail('base_url is not an http URL.', 'Write the URL that people see: https://wiki.example.');
  return url.href.replace(/\/$/, '');
}

function parseOrigin(value: YamlValue): string {
  const url = URL.parse(value.text());
  const isOrigin =
    url && isHttpUrl(url.href) && url.pathname === '/' && !url.search && !url.hash && !url.username;
  if (!isOrigin)
    return value.fail('upstream is not an origin.', 'Write http://127.0.0.1:8080, without a path.');
  return url.origin;
}

/** The mode of a unix socket says who can read it. */
const parseMonitorFrom = (value: YamlValue): readonly string[] =>
  parsePeers(value).filter((peer) => peer !== 'unix');

function parseForwardAuth(value: YamlValue | undefined): GatewayConfig['forwardAuth'] {
  if (!value) return null;
  const fields = value.fields(['from', 'prefix']);
  const prefix = fields.get('prefix');
  const parts = prefix?.fields(['public', 'service']);
  const path = (name: string) => {
    const part = requireField(parts ?? new Map(), name, prefix ?? value);
    const text = part.text();
    if (!/^\/[\w.~/-]*$/.test(text)) part.fail(`${part.path} is not a path.`, 'Write a path such as /api.');
    return text;
  };
  return {
    from: parsePeers(requireField(fields, 'from', value)),
    prefix: prefix ? { public: path('public'), service: path('service') } : null,
  };
}

function parseTls(value: YamlValue | undefined, folder: string): GatewayConfig['tls'] {
  if (!value) return null;
  const fields = value.fields(['certificate', 'key']);
  const read = (name: string) => readConfigFile(requireField(fields, name, value), folder);
  return { certificate: read('certificate'), key: read('key') };
}

function parseSigningSecret(value: YamlValue | undefined, sources: SecretSources): string | null {
  if (!value) return null;
  const secret = readSecret(value, sources);
  if (secret.length < 32)
    value.fail('The secret has fewer than 32 characters.', 'Create one with: openssl rand -hex 32.');
  return secret;
}

function parseTimeouts(value: YamlValue | undefined): GatewayConfig['timeouts'] {
  const fields = value?.fields(['connect', 'headers', 'idle', 'shutdown']);
  const seconds = (name: string, usual: number) => fields?.get(name)?.integer(0, 86_400) ?? usual;
  return {
    connect: seconds('connect', 5),
    headers: seconds('headers', 60),
    idle: seconds('idle', 300),
    shutdown: seconds('shutdown', 10),
  };
}

function parseLimits(value: YamlValue | undefined): GatewayConfig['limits'] {
  const fields = value?.fields(['header_bytes', 'body_bytes', 'connections']);
  return {
    headerBytes: fields?.get('header_bytes')?.integer(1_024, 1_048_576) ?? 16_384,
    bodyBytes: fields?.get('body_bytes')?.integer(0, Number.MAX_SAFE_INTEGER) ?? 0,
    connections: fields?.get('connections')?.integer(1, 65_536) ?? 256,
  };
}

const resolveSocket = (address: ListenAddress, folder: string): ListenAddress =>
  address.kind === 'unix' ? { kind: 'unix', path: resolve(folder, address.path) } : address;
