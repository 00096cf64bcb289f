import { isIP } from 'node:net';
import { parseRedirectPatterns } from '@valetkey/protocol';
import { isName } from '../scopes/scope-names.ts';
import { bool, choice, integer, list, type SettingType, secret } from './setting-types.ts';

interface SettingDefinition<T> {
  readonly kind: SettingType<T>;
  readonly initial: T;
  readonly description: string;
}

const setting = <T>(kind: SettingType<T>, initial: T, description: string): SettingDefinition<T> => ({
  kind,
  initial,
  description,
});

function checkWord(item: string): void {
  if (!isName(item)) throw new Error(`“${item}” is not a valid name. Use lower-case letters, digits and _.`);
}

function checkPushUrl(item: string): void {
  const url = URL.parse(item);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new Error(`“${item}” is not an http(s) URL.`);
  if (url.username || url.password) throw new Error(`“${item}” must not contain a user name or password.`);
}

function checkAddress(item: string): void {
  if (isIP(item) === 0) throw new Error(`“${item}” is not an IP address.`);
}

function checkOrigin(item: string): void {
  const url = URL.parse(item);
  const isOrigin = (url?.protocol === 'https:' || url?.protocol === 'http:') && url.origin === item;
  if (!isOrigin)
    throw new Error(`“${item}” is not an origin. Use the form https://app.example, without a path.`);
}

/** All settings, with Discourse’s names (PROTOCOL.md#settings). */
export const settingTable = {
  allow_user_api_keys: setting(
    bool,
    true,
    'Whether apps may ask for user API keys. Keys handed out before keep working until they are revoked.',
  ),
  allow_user_api_key_scopes: setting(
    list(checkWord),
    [
      'read',
      'write',
      'message_bus',
      'push',
      'notifications',
      'session_info',
      'one_time_password',
      'bookmarks_calendar',
      'user_status',
    ] as readonly string[],
    'The scopes that apps may ask for.',
  ),
  user_api_key_allowed_groups: setting(
    list(checkWord),
    ['trust_level_0'] as readonly string[],
    'Members of these groups may approve apps; staff always may.',
  ),
  allowed_user_api_auth_redirects: setting(
    list((item) => void parseRedirectPatterns(item)),
    ['discourse://auth_redirect'] as readonly string[],
    'Where an encrypted key may be sent after approval. * stands for any run of characters within a path; http://127.0.0.1/* allows command line and desktop apps on the person’s own computer.',
  ),
  allow_user_api_key_client_scopes: setting(
    list(checkWord),
    [] as readonly string[],
    'The scopes that an app may register itself for; empty means that no app can register.',
  ),
  user_api_key_clients_create_per_day: setting(
    integer(0, 100_000),
    1,
    'How many clients one address may register in 24 hours.',
  ),
  create_user_api_key_client_ip_rate_limit_override_ips: setting(
    list(checkAddress),
    [] as readonly string[],
    'Addresses that may register as many clients as they like.',
  ),
  allowed_user_api_push_urls: setting(
    list(checkPushUrl),
    [] as readonly string[],
    'Exact addresses that notifications may be pushed to: https, and on the internet.',
  ),
  push_api_secret_key: setting(
    secret,
    '',
    'What this site sends along with each notification that it pushes, so that the receiver knows it. Made at the first start; give it to receivers and to nobody else.',
  ),
  max_user_api_key_expiry_days: setting(
    integer(1, 36500),
    365,
    'The longest life, in days, that an app may ask for when it asks for a key that expires.',
  ),
  allow_personal_user_api_keys: setting(
    choice('none', 'feeds', 'all'),
    'feeds',
    'What people may make for themselves: nothing, the addresses of their feeds, or keys of any allowed scope too.',
  ),
  max_personal_user_api_keys: setting(
    integer(1, 10_000),
    50,
    'The maximum number of active personal keys of a user.',
  ),
  max_user_api_key_rotation_grace_days: setting(
    integer(0, 365),
    7,
    'The maximum number of days that the old key stays valid after a user rotates a personal key; 0 revokes it immediately.',
  ),
  cors_origins: setting(
    list(checkOrigin),
    [] as readonly string[],
    'Origins whose pages may call this site from a browser with a key, such as https://app.example.',
  ),
  cors_allow_admin_api_keys: setting(
    bool,
    false,
    'Whether pages of those origins may send an Api-Key. An admin key in a web page is a leak: leave this off.',
  ),
  revoke_user_api_keys_unused_days: setting(
    integer(0, 36500),
    180,
    'Keys that were not used for this many days are revoked; 0 turns it off.',
  ),
  revoke_user_api_keys_maxlife_days: setting(
    integer(0, 36500),
    0,
    'Keys that were approved more than this many days ago are revoked; 0 turns it off.',
  ),
  audit_retention_days: setting(
    integer(1, 36500),
    365,
    'How many days the audit of keys and settings is kept, and keys that are dead; those for 30 days at least.',
  ),
  max_user_api_reqs_per_minute: setting(
    integer(1, 100_000),
    20,
    'How many requests a key may make in any 60 seconds.',
  ),
  max_user_api_reqs_per_day: setting(
    integer(1, 10_000_000),
    2880,
    'How many requests a key may make in any 24 hours.',
  ),
  max_admin_api_reqs_per_minute: setting(
    integer(1, 100_000),
    60,
    'How many requests an admin key may make in any 60 seconds.',
  ),
  revoke_api_keys_unused_days: setting(
    integer(0, 36500),
    180,
    'Admin keys that were not used for this many days are revoked; 0 turns it off.',
  ),
  min_user_api_public_key_bits: setting(
    integer(1024, 8192),
    2048,
    'The smallest RSA public key, in bits, that a key is encrypted to.',
  ),
} as const;

/** The name of a setting. */
export type SettingName = keyof typeof settingTable;

/** The current values, typed. */
export type Settings = {
  readonly [Name in SettingName]: (typeof settingTable)[Name]['initial'];
};
