import {
  checkAddress,
  checkDomain,
  checkOrigin,
  checkPushUrl,
  checkRedirectPattern,
  checkWord,
} from './check-list-items.ts';
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

/** The group that contains every user, in `user_api_key_allowed_groups`. */
export const EVERYONE = 'everyone';

/** All settings, with defaults for every kind of site. Those of Discourse keep its names (PROTOCOL.md#settings). */
export const settingTable = {
  allow_user_api_keys: setting(
    bool,
    true,
    'Whether apps may request user API keys. Issued keys keep working until they are revoked.',
  ),
  allow_user_api_key_scopes: setting(
    list(checkWord),
    // `createValetkey` replaces it by the names of the site’s scopes.
    [] as readonly string[],
    'The scopes that apps may request.',
  ),
  user_api_key_allowed_groups: setting(
    list(checkWord),
    [EVERYONE] as readonly string[],
    'Members of these groups may approve apps. The group everyone contains all users. Staff (by default, the admins) may always approve apps.',
  ),
  allowed_user_api_auth_redirects: setting(
    list(checkRedirectPattern),
    ['http://127.0.0.1/*'] as readonly string[],
    'Allowed redirects, which receive the encrypted key after approval. In path, query and fragment, * matches any characters. http://127.0.0.1/* allows programs on the user’s own computer.',
  ),
  allow_user_api_key_client_scopes: setting(
    list(checkWord),
    [] as readonly string[],
    'The scopes that a registered app may have. If empty, no app can register.',
  ),
  user_api_key_clients_create_per_day: setting(
    integer(0, 100_000),
    1,
    'The maximum number of apps that one IP address may register in 24 hours.',
  ),
  create_user_api_key_client_ip_rate_limit_override_ips: setting(
    list(checkAddress),
    [] as readonly string[],
    'IP addresses that may register any number of apps.',
  ),
  allowed_user_api_push_urls: setting(
    list(checkPushUrl),
    [] as readonly string[],
    'Allowed push URLs, compared exactly. They must use https and a public IP address.',
  ),
  push_api_secret_key: setting(
    secret,
    '',
    'The secret in each push, by which the receiver recognizes this site. Created at the first start. Share it with receivers only.',
  ),
  max_user_api_key_expiry_days: setting(
    integer(1, 36500),
    365,
    'The longest expiry, in days, that an app may request.',
  ),
  allow_personal_user_api_keys: setting(
    choice('none', 'feeds', 'all'),
    'feeds',
    'What users may create for themselves: nothing (none), feed URLs (feeds), or feed URLs and personal keys (all).',
  ),
  max_personal_user_api_keys: setting(
    integer(1, 10_000),
    50,
    'The maximum number of active personal keys of a user.',
  ),
  max_app_user_api_keys: setting(integer(1, 10_000), 200, 'How many active keys of apps a user may have.'),
  max_user_api_key_approvals_per_hour: setting(
    integer(1, 10_000),
    60,
    'How many keys of apps a user may approve in any hour.',
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
    'Whether pages of the origins in cors_origins may send an admin key. Every visitor of such a page can read the key: keep this off.',
  ),
  revoke_user_api_keys_unused_days: setting(
    integer(0, 36500),
    180,
    'Keys that were not used for this many days are revoked; 0 disables this.',
  ),
  revoke_user_api_keys_maxlife_days: setting(
    integer(0, 36500),
    0,
    'Keys that were approved more than this many days ago are revoked; 0 disables this.',
  ),
  audit_retention_days: setting(
    integer(1, 36500),
    365,
    'How many days audit events, expired keys and revoked keys are kept. Keys are kept for at least 30 days.',
  ),
  max_user_api_reqs_per_minute: setting(
    integer(1, 100_000),
    60,
    'The maximum number of requests of each key in any 60 seconds.',
  ),
  max_user_api_reqs_per_day: setting(
    integer(1, 10_000_000),
    10_000,
    'The maximum number of requests of each key in any 24 hours.',
  ),
  max_admin_api_reqs_per_minute: setting(
    integer(1, 100_000),
    60,
    'The maximum number of requests of each admin key in any 60 seconds.',
  ),
  revoke_api_keys_unused_days: setting(
    integer(0, 36500),
    180,
    'Admin keys that were not used for this many days are revoked; 0 disables this.',
  ),
  oauth_default_scopes: setting(
    list(checkWord),
    ['read'] as readonly string[],
    'The scopes that an OAuth client gets if it requests none.',
  ),
  oauth_access_token_lifetime_minutes: setting(
    integer(1, 1440),
    60,
    'How many minutes an OAuth access token is valid. The client refreshes it without the user.',
  ),
  oauth_refresh_grace_seconds: setting(
    integer(0, 600),
    60,
    'How many seconds a client can reuse an old refresh token, because a response was lost or requests were sent at once. Later reuse ends the connection.',
  ),
  allow_oauth_client_documents: setting(
    bool,
    true,
    'Whether the id of an OAuth client may be the https URL of its metadata.',
  ),
  oauth_client_document_domains: setting(
    list(checkDomain),
    [] as readonly string[],
    'The allowed domains of metadata URLs that are client ids, with their subdomains, such as client.example. If empty, all domains are allowed.',
  ),
  allow_oauth_client_registration: setting(
    bool,
    false,
    'Whether OAuth clients may register themselves. Clients that support metadata URLs do not need this.',
  ),
  oauth_client_registrations_per_day: setting(
    integer(1, 100_000),
    20,
    'The maximum number of OAuth clients that one IP address may register in 24 hours.',
  ),
  allow_mcp: setting(
    bool,
    true,
    'Whether agents may use this site over MCP, if the site has tools for them.',
  ),
  mcp_disabled_tools: setting(
    list(checkWord),
    [] as readonly string[],
    'The names of tools that agents can neither see nor call, such as discourse_create_post.',
  ),
  mcp_list_askable_tools: setting(
    bool,
    false,
    'Whether agents also see the tools that their access does not allow. An agent that calls one is asked to request the missing scope.',
  ),
  min_user_api_public_key_bits: setting(
    integer(1024, 8192),
    2048,
    'The minimum size, in bits, of the RSA public keys that payloads are encrypted to.',
  ),
} as const;

/** The name of a setting. */
export type SettingName = keyof typeof settingTable;

/** Values that replace the defaults of settings. */
export type SettingDefaults = Partial<Settings>;

/** The current values, typed. */
export type Settings = {
  readonly [Name in SettingName]: (typeof settingTable)[Name]['initial'];
};
