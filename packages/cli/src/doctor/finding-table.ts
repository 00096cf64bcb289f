import type { FindingRow } from './finding-row.ts';
import { OAUTH_FINDINGS } from './oauth-findings.ts';
import { PROXY_FINDINGS } from './proxy-findings.ts';

const NEW_LOGIN = 'Get a new key: valetkey login <site>.';

/** Every finding of `valetkey doctor`. Codes are stable; sentences may be improved. */
export const FINDING_TABLE = {
  // Connection
  name_found: { level: 'ok', fix: '' },
  name_unknown: {
    level: 'problem',
    fix: 'Check the spelling of the host name, and the network connection.',
  },
  port_open: { level: 'ok', fix: '' },
  port_closed: {
    level: 'problem',
    fix: 'Check the port, whether the web server runs, and its firewall.',
  },
  tls_trusted: { level: 'ok', fix: '' },
  tls_untrusted: {
    level: 'problem',
    fix: 'Renew the certificate for this host name and send the whole chain; or add its authority with NODE_EXTRA_CA_CERTS.',
  },
  tls_failed: {
    level: 'problem',
    fix: 'Check that the port accepts https with TLS 1.2 or newer, or use the http:// URL if it does not use TLS.',
  },
  no_encryption: {
    level: 'warning',
    fix: 'Set up https (on Discourse, also the setting): anyone on the network path can read a key sent here.',
    setting: 'force_https',
  },
  no_answer: {
    level: 'problem',
    fix: 'Check the log of the web server: it accepts connections but sends no response.',
  },
  moved: {
    level: 'note',
    fix: 'Use the new URL; apps that do not follow redirects fail with this one.',
  },
  moved_to_plain_http: {
    level: 'problem',
    fix: 'Serve the site over https: keys are not sent unencrypted.',
    setting: 'force_https',
  },
  redirects_in_circles: {
    level: 'problem',
    fix: 'Check the redirects of the proxy and of the site: they form a loop.',
  },
  in_subfolder: { level: 'note', fix: 'Include the subfolder wherever an app asks for the URL of the site.' },

  page_of_site: { level: 'note', fix: 'Use the URL of the site wherever an app asks for it.' },
  clock_differs: {
    level: 'warning',
    fix: 'Set the clock of this computer. If it is right, tell the admins of the site: keys may expire too early or too late.',
  },

  // Interstitials
  bot_wall: {
    level: 'problem',
    fix: 'Exclude /user-api-key* and requests with a User-Api-Key header from the bot protection: apps cannot solve a challenge.',
  },
  address_limited: {
    level: 'problem',
    fix: 'Wait, then try again; all users of the same public IP address share this limit.',
  },
  password_wall: {
    level: 'problem',
    fix: 'Remove HTTP basic authentication, at least for requests with a User-Api-Key header; or pass the password to this command: VALETKEY_BASIC_AUTH=https://name:password@forum.example.',
  },
  sign_in_wall: {
    level: 'problem',
    fix: 'Exclude /user-api-key* and requests with a User-Api-Key header from the sign-in proxy.',
  },
  site_fails: { level: 'problem', fix: 'Try again later; if it persists, check the log of the site.' },
  nothing_in_front: { level: 'ok', fix: '' },
  login_required: {
    level: 'note',
    fix: 'Keys work; without a key, nothing can be read on this site.',
    setting: 'login_required',
  },

  // Features of the site
  feature_on: { level: 'ok', fix: '' },
  feature_off: {
    level: 'problem',
    fix: 'Enable user API keys; if they are enabled, check the URL, including the subfolder.',
    setting: 'allow_user_api_keys',
  },
  feature_unclear: {
    level: 'problem',
    fix: 'Check the URL: the response is from neither Discourse nor Valetkey.',
  },
  version_too_old: {
    level: 'problem',
    fix: 'Update the site: apps need version 2 or newer; 4 is current.',
  },
  version_old: { level: 'note', fix: 'Update the site: OAEP and keys with an expiry need version 4.' },
  device_flow_on: { level: 'ok', fix: '' },
  device_flow_off: {
    level: 'note',
    fix: 'On a device without a browser, use copy and paste: valetkey login <site> --paste.',
  },
  ...OAUTH_FINDINGS,
  padding_oaep: { level: 'ok', fix: '' },
  padding_ignored: {
    level: 'warning',
    fix: 'Keys are encrypted with PKCS#1 v1.5, which browsers and recent versions of Node cannot decrypt; update the site, or use @valetkey/client.',
  },
  padding_untold: {
    level: 'note',
    fix: 'Try OAEP first, then PKCS#1 v1.5, as @valetkey/client does.',
  },
  scopes_offered: { level: 'ok', fix: '' },
  scopes_none: { level: 'problem', fix: 'Allow at least one scope.', setting: 'allow_user_api_key_scopes' },
  scopes_untold: {
    level: 'note',
    fix: 'Old sites reveal their scopes only after sign-in; ask an admin.',
    setting: 'allow_user_api_key_scopes',
  },
  login_by_redirect: { level: 'ok', fix: '' },
  login_by_code: { level: 'ok', fix: '' },
  login_by_paste: { level: 'ok', fix: '' },
  login_redirect_refused: {
    level: 'note',
    fix: 'Copying works. To do without it on a Valetkey site, an admin adds http://127.0.0.1/* to the setting.',
    setting: 'allowed_user_api_auth_redirects',
  },
  redirect_allowed: { level: 'ok', fix: '' },
  redirect_refused: {
    level: 'problem',
    fix: 'An admin has to add this redirect; without auth_redirect the key is shown for copying.',
    setting: 'allowed_user_api_auth_redirects',
  },
  redirect_untold: {
    level: 'note',
    fix: 'Old sites check the redirect only after the approval; ask an admin.',
    setting: 'allowed_user_api_auth_redirects',
  },
  cors_allowed: { level: 'ok', fix: '' },
  cors_refused: {
    level: 'problem',
    fix: 'An admin has to list this origin; on Discourse, DISCOURSE_ENABLE_CORS must be true as well.',
    setting: 'cors_origins',
  },
  cors_without_key_header: {
    level: 'problem',
    fix: 'A proxy answers the preflight instead of the site: allow User-Api-Key and User-Api-Client-Id there. (Api-Key is for servers, never for a page.)',
  },
  cors_allows_admin_keys: {
    level: 'warning',
    fix: 'Disable this and use user API keys in pages: every visitor can read an admin key in a page.',
    setting: 'cors_allow_admin_api_keys',
  },
  cors_hides_refusals: {
    level: 'warning',
    fix: 'Send Access-Control-Allow-Origin with error responses too: without it a page gets “Failed to fetch” instead of the reason.',
  },

  // With a key
  key_unclear: { level: 'note', fix: 'Select one with --as.' },
  key_works: { level: 'ok', fix: '' },
  key_untold: {
    level: 'note',
    fix: 'Test a request that its scopes cover: --request "GET /notifications.json".',
  },
  key_refused: { level: 'problem', fix: NEW_LOGIN },
  key_unjudged: {
    level: 'problem',
    fix: 'The key is not the cause: follow the sentence, which is the site’s own, and try again.',
  },
  person_suspended: {
    level: 'problem',
    fix: 'A new key does not help. Contact the admins of the site; this key works again when the suspension ends.',
  },
  address_refused: {
    level: 'problem',
    fix: 'Use the key from an allowed IP address, or ask its user for a key that allows this one.',
  },
  key_scopes: { level: 'ok', fix: '' },
  key_expires_soon: { level: 'warning', fix: NEW_LOGIN },
  limits_left: { level: 'ok', fix: '' },
  limits_low: {
    level: 'warning',
    fix: 'Wait, or ask an admin to raise the limit.',
    setting: 'max_user_api_reqs_per_minute',
  },
  limits_per_node: {
    level: 'warning',
    fix: 'Let all nodes of the site count in one Valkey or Redis; otherwise the limit applies to each node.',
  },
  limits_untold: {
    level: 'note',
    fix: 'By default, Discourse allows 20 requests per minute and 2880 per day.',
    setting: 'max_user_api_reqs_per_minute',
  },
  limit_reached: {
    level: 'problem',
    fix: 'Wait as long as the site says, or ask an admin to raise the limit.',
    setting: 'max_user_api_reqs_per_minute',
  },

  // One request
  request_works: { level: 'ok', fix: '' },
  request_in_scope: {
    level: 'note',
    fix: 'Not sent, because it would change data; send it with: valetkey request.',
  },
  request_out_of_scope: {
    level: 'problem',
    fix: 'Get a key with one of these scopes: valetkey login <site> --scopes …',
  },
  request_without_scope: {
    level: 'problem',
    fix: 'Check the path. If it is right, the operator of the site can add the route to a scope.',
  },
  request_scope_untold: {
    level: 'note',
    fix: 'Not sent, because it would change data; send it with: valetkey request. A refusal names the scope.',
  },
  request_not_permitted: {
    level: 'problem',
    fix: 'The scopes cover the request, so the user lacks permission: open the same page in a browser as that user, and ask an admin for access.',
  },
  request_not_found: {
    level: 'problem',
    fix: 'Check the path, and that it ends in .json. Discourse also returns 404 if the user lacks permission.',
  },
  request_fails: { level: 'problem', fix: 'Correct the request; the sentence is the site’s own.' },

  ...PROXY_FINDINGS,
} as const satisfies Readonly<Record<string, FindingRow>>;

/** The stable name of a finding. */
export type FindingCode = keyof typeof FINDING_TABLE;
