import type { SettingName } from '../../core/settings/setting-table.ts';
import type { SettingRow } from '../../settings/settings.ts';
import type { Messages } from '../messages/messages.ts';

/** A group of settings. */
export type Section = keyof Messages['settings']['sections'];

/** The order of the settings on their page, by section. */
const SECTIONS: readonly (readonly [section: Section, names: readonly SettingName[]])[] = [
  [
    'requests',
    [
      'allow_user_api_keys',
      'allow_user_api_key_scopes',
      'user_api_key_allowed_groups',
      'allowed_user_api_auth_redirects',
      'min_user_api_public_key_bits',
    ],
  ],
  [
    'personal',
    ['allow_personal_user_api_keys', 'max_personal_user_api_keys', 'max_user_api_key_rotation_grace_days'],
  ],
  [
    'expiry',
    ['max_user_api_key_expiry_days', 'revoke_user_api_keys_unused_days', 'revoke_user_api_keys_maxlife_days'],
  ],
  [
    'limits',
    [
      'max_user_api_reqs_per_minute',
      'max_user_api_reqs_per_day',
      'max_app_user_api_keys',
      'max_user_api_key_approvals_per_hour',
    ],
  ],
  [
    'registration',
    [
      'allow_user_api_key_client_scopes',
      'user_api_key_clients_create_per_day',
      'create_user_api_key_client_ip_rate_limit_override_ips',
    ],
  ],
  [
    'oauth',
    [
      'oauth_default_scopes',
      'oauth_access_token_lifetime_minutes',
      'oauth_refresh_grace_seconds',
      'allow_oauth_client_documents',
      'oauth_client_document_domains',
      'allow_oauth_client_registration',
      'oauth_client_registrations_per_day',
    ],
  ],
  ['mcp', ['allow_mcp', 'mcp_disabled_tools', 'mcp_list_askable_tools']],
  ['push', ['allowed_user_api_push_urls', 'push_api_secret_key']],
  ['origins', ['cors_origins', 'cors_allow_admin_api_keys']],
  ['adminKeys', ['max_admin_api_reqs_per_minute', 'revoke_api_keys_unused_days']],
  ['audit', ['audit_retention_days']],
];

/** Whether a text is the name of a section. */
export const isSection = (text: string): text is Section =>
  text === 'other' || SECTIONS.some(([section]) => section === text);

/** Returns every row once, under its section. Rows without a section come last. */
export function sectionSettings(
  rows: readonly SettingRow[],
): { section: Section; rows: readonly SettingRow[] }[] {
  const named = SECTIONS.flatMap(([, names]) => names);
  const find = (name: SettingName) => rows.filter(({ setting }) => setting === name);
  return [
    ...SECTIONS.map(([section, names]) => ({ section, rows: names.flatMap(find) })),
    { section: 'other' as const, rows: rows.filter(({ setting }) => !named.includes(setting)) },
  ].filter((section) => section.rows.length > 0);
}
