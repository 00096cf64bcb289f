import type { SettingName } from '../../core/settings/setting-table.ts';
import type { SettingRow } from '../../settings/settings.ts';

/** In which order an admin meets the settings, and under which heading. */
const SECTIONS: readonly (readonly [heading: string, names: readonly SettingName[]])[] = [
  [
    'What apps may ask for',
    [
      'allow_user_api_keys',
      'allow_user_api_key_scopes',
      'user_api_key_allowed_groups',
      'allowed_user_api_auth_redirects',
      'min_user_api_public_key_bits',
    ],
  ],
  [
    'What people may make themselves',
    ['allow_personal_user_api_keys', 'max_personal_user_api_keys', 'max_user_api_key_rotation_grace_days'],
  ],
  [
    'How long keys live',
    ['max_user_api_key_expiry_days', 'revoke_user_api_keys_unused_days', 'revoke_user_api_keys_maxlife_days'],
  ],
  ['How much a key may do', ['max_user_api_reqs_per_minute', 'max_user_api_reqs_per_day']],
  [
    'Apps that register themselves',
    [
      'allow_user_api_key_client_scopes',
      'user_api_key_clients_create_per_day',
      'create_user_api_key_client_ip_rate_limit_override_ips',
    ],
  ],
  ['Notifications that are pushed to apps', ['allowed_user_api_push_urls', 'push_api_secret_key']],
  ['Pages of other sites', ['cors_origins', 'cors_allow_admin_api_keys']],
  ['Admin keys', ['max_admin_api_reqs_per_minute', 'revoke_api_keys_unused_days']],
  ['Audit', ['audit_retention_days']],
];

/** Every row under its heading, once; what no section names comes last. */
export function sectionSettings(
  rows: readonly SettingRow[],
): { heading: string; rows: readonly SettingRow[] }[] {
  const named = SECTIONS.flatMap(([, names]) => names);
  const find = (name: SettingName) => rows.filter(({ setting }) => setting === name);
  return [
    ...SECTIONS.map(([heading, names]) => ({ heading, rows: names.flatMap(find) })),
    { heading: 'Other', rows: rows.filter(({ setting }) => !named.includes(setting)) },
  ].filter((section) => section.rows.length > 0);
}
