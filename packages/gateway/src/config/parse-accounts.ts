import type { AccountsConfig } from './gateway-config.ts';
import { parsePeers } from './parse-address.ts';
import { parseOidc } from './parse-oidc.ts';
import type { SecretSources } from './read-secret.ts';
import { requireField } from './require-field.ts';
import type { YamlValue } from './yaml-value.ts';

const KINDS = ['ask', 'header', 'oidc'];
const HEADER_NAME = /^[a-z][a-z0-9-]*$/i;

/** Returns how the gateway learns who is signed in: exactly one of `ask`, `header` and `oidc`. */
export function parseAccounts(value: YamlValue, sources: SecretSources): AccountsConfig {
  const [first, second] = value.fields(KINDS);
  if (!first || second) {
    return value.fail('accounts does not have exactly one kind.', `Write one of: ${KINDS.join(', ')}.`);
  }
  const [kind, field] = first;
  if (kind === 'oidc') return parseOidc(field, sources);
  return kind === 'ask' ? parseAsk(field) : parseHeader(field);
}

function parseAsk(value: YamlValue): AccountsConfig {
  const fields = value.fields(['url', 'login']);
  const url = requireField(fields, 'url', value);
  if (!isHttpUrl(url.text()))
    url.fail(`${url.path} is not an http URL.`, 'Write http://127.0.0.1:8080/whoami.');
  return { kind: 'ask', url: url.text(), login: parseLogin(requireField(fields, 'login', value)) };
}

function parseHeader(value: YamlValue): AccountsConfig {
  const fields = value.fields(['id', 'username', 'groups', 'admin', 'login', 'from']);
  const nameOf = (name: string) => {
    const field = fields.get(name);
    if (field === undefined) return null;
    if (!HEADER_NAME.test(field.text()))
      field.fail(`${field.path} is no header name.`, 'Write a name such as X-Auth-User.');
    return field.text();
  };
  const id = requireField(fields, 'id', value).text();
  const from = requireField(fields, 'from', value);
  const peers = parsePeers(from);
  if (peers.length === 0)
    from.fail('No peer may set these headers.', 'List the addresses of your sign-in proxy.');
  return {
    kind: 'header',
    id: nameOf('id') ?? id,
    username: nameOf('username') ?? id,
    groups: nameOf('groups'),
    admin: nameOf('admin'),
    login: parseLogin(requireField(fields, 'login', value)),
    from: peers,
  };
}

function parseLogin(value: YamlValue): string {
  const text = value.text();
  const isUsable = /^(?:\/(?!\/)|https?:\/\/)/.test(text) && text.includes('{return_to}');
  if (!isUsable)
    value.fail(
      `${value.path} is not a sign-in URL.`,
      "Write a path or URL, such as '/login?next={return_to}'.",
    );
  return text;
}

export const isHttpUrl = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '');
