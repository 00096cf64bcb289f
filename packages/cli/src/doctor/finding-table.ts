/** How much a finding matters; only a `problem` makes a site unhealthy. */
export type Level = 'ok' | 'note' | 'warning' | 'problem';

/** What is always the same about a finding. */
interface FindingRow {
  readonly level: Level;
  /** What mends it, or what to make of it; empty where there is nothing to do. */
  readonly fix: string;
  /** The site setting to look at, by Discourse's name. */
  readonly setting?: string;
}

const NEW_LOGIN = 'Get a new key: valetkey login <site>.';

/** Every finding of `valetkey doctor`. Codes are stable; sentences may be improved. */
export const FINDING_TABLE = {
  // The way there
  name_found: { level: 'ok', fix: '' },
  name_unknown: {
    level: 'problem',
    fix: 'Check the spelling of the address, and that this computer is online.',
  },
  port_open: { level: 'ok', fix: '' },
  port_closed: {
    level: 'problem',
    fix: 'Check the port, and whether the web server runs and its firewall lets you in.',
  },
  tls_trusted: { level: 'ok', fix: '' },
  tls_untrusted: {
    level: 'problem',
    fix: 'Renew the certificate, for this very name, and have the server send the whole chain; or add its authority with NODE_EXTRA_CA_CERTS.',
  },
  tls_failed: { level: 'problem', fix: 'Check that the port speaks https, with TLS 1.2 or newer.' },
  no_encryption: {
    level: 'warning',
    fix: 'Set up https (on Discourse, also the setting): others on the way can read a key that is used here.',
    setting: 'force_https',
  },
  no_answer: {
    level: 'problem',
    fix: 'Look at the log of the web server: it takes connections and does not answer.',
  },
  moved: {
    level: 'note',
    fix: 'Use that address from now on; apps that do not follow redirects fail at this one.',
  },
  moved_to_plain_http: {
    level: 'problem',
    fix: 'Let the site answer under https: a key is not sent unencrypted.',
    setting: 'force_https',
  },
  redirects_in_circles: {
    level: 'problem',
    fix: 'Look at the redirects of the proxy and of the site: they point at each other.',
  },
  in_subfolder: { level: 'note', fix: 'Name the folder wherever an app asks for the address of the site.' },

  // What stands in front
  bot_wall: {
    level: 'problem',
    fix: 'Have the bot protection let requests to /user-api-key* and requests with a User-Api-Key header pass: apps cannot solve a challenge.',
  },
  address_limited: {
    level: 'problem',
    fix: 'Wait, then ask again; everybody behind the same address of the internet shares this limit.',
  },
  password_wall: {
    level: 'problem',
    fix: 'Take the web server’s own password (HTTP basic authentication) off, at least for requests with a User-Api-Key header; or tell it to this command: VALETKEY_BASIC_AUTH=https://name:password@forum.example.',
  },
  sign_in_wall: {
    level: 'problem',
    fix: 'Have the sign-in proxy let /user-api-key* and requests with a User-Api-Key header pass.',
  },
  site_fails: { level: 'problem', fix: 'Try again later; if it stays so, the log of the site says why.' },
  nothing_in_front: { level: 'ok', fix: '' },
  login_required: {
    level: 'note',
    fix: 'A key works all the same. Without one nothing can be read here.',
    setting: 'login_required',
  },

  // What the site offers
  feature_on: { level: 'ok', fix: '' },
  feature_off: {
    level: 'problem',
    fix: 'Turn user API keys on; if they are on, check the address, subfolder included.',
    setting: 'allow_user_api_keys',
  },
  feature_unclear: {
    level: 'problem',
    fix: 'Check the address: what answers there is neither Discourse nor Valetkey.',
  },
  version_too_old: {
    level: 'problem',
    fix: 'Update the site: version 2 is the least that apps can rely on, 4 is current.',
  },
  version_old: { level: 'note', fix: 'Update the site: keys with an expiry and OAEP want version 4.' },
  device_flow_on: { level: 'ok', fix: '' },
  device_flow_off: {
    level: 'note',
    fix: 'Without a browser on the device, use copy and paste: valetkey login <site> --paste.',
  },
  padding_oaep: { level: 'ok', fix: '' },
  padding_ignored: {
    level: 'warning',
    fix: 'Keys come with PKCS#1 v1.5, which browsers and newer Nodes do not open by themselves; update the site, or use @valetkey/client.',
  },
  padding_untold: {
    level: 'note',
    fix: 'Open what comes with OAEP first, then with PKCS#1 v1.5, as @valetkey/client does.',
  },
  scopes_offered: { level: 'ok', fix: '' },
  scopes_none: { level: 'problem', fix: 'Allow at least one scope.', setting: 'allow_user_api_key_scopes' },
  scopes_untold: {
    level: 'note',
    fix: 'Old sites say only after the sign-in what they give out; ask an admin.',
    setting: 'allow_user_api_key_scopes',
  },
  redirect_allowed: { level: 'ok', fix: '' },
  redirect_refused: {
    level: 'problem',
    fix: 'An admin has to add this redirect; without auth_redirect the key is shown for copying.',
    setting: 'allowed_user_api_auth_redirects',
  },
  redirect_untold: {
    level: 'note',
    fix: 'Old sites look at the redirect only after the approval; ask an admin.',
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
    fix: 'Something in front answers the preflight in place of the site: let it allow User-Api-Key and User-Api-Client-Id. (Api-Key is for servers, never for a page.)',
  },
  cors_allows_admin_keys: {
    level: 'warning',
    fix: 'Turn that off, and have pages use user API keys: every visitor of a page can read the admin key in it.',
    setting: 'cors_allow_admin_api_keys',
  },
  cors_hides_refusals: {
    level: 'warning',
    fix: 'Have error answers carry Access-Control-Allow-Origin too: without it a page is told “Failed to fetch” instead of the reason.',
  },

  // With a key
  key_unclear: { level: 'note', fix: 'Say which one with --as.' },
  key_works: { level: 'ok', fix: '' },
  key_untold: {
    level: 'note',
    fix: 'Try a request that its scopes reach: --request "GET /notifications.json".',
  },
  key_refused: { level: 'problem', fix: NEW_LOGIN },
  key_unjudged: {
    level: 'problem',
    fix: 'This is not about the key: do what the sentence says, it is the site’s own, and ask again.',
  },
  person_suspended: {
    level: 'problem',
    fix: 'A new key would not help. Ask the admins of the site; this one works again when the suspension ends.',
  },
  address_refused: {
    level: 'problem',
    fix: 'Use the key from an address on its list; where it shall work from here too, its person makes another one.',
  },
  key_scopes: { level: 'ok', fix: '' },
  key_expires_soon: { level: 'warning', fix: NEW_LOGIN },
  limits_left: { level: 'ok', fix: '' },
  limits_low: {
    level: 'warning',
    fix: 'Wait, or have an admin raise the limit.',
    setting: 'max_user_api_reqs_per_minute',
  },
  limits_untold: {
    level: 'note',
    fix: 'Discourse allows 20 requests a minute and 2880 a day unless an admin changed that.',
    setting: 'max_user_api_reqs_per_minute',
  },
  limit_reached: {
    level: 'problem',
    fix: 'Wait as long as the site says, or have an admin raise the limit.',
    setting: 'max_user_api_reqs_per_minute',
  },

  // One request
  request_works: { level: 'ok', fix: '' },
  request_in_scope: {
    level: 'note',
    fix: 'It was not sent, since it would change something; send it with: valetkey request.',
  },
  request_out_of_scope: {
    level: 'problem',
    fix: 'Get a key with one of the scopes that reach it: valetkey login <site> --scopes …',
  },
  request_not_permitted: {
    level: 'problem',
    fix: 'The scopes reach it, so the person may not: open the same page in a browser as that person, and ask an admin for access.',
  },
  request_not_found: {
    level: 'problem',
    fix: 'Check the path, and that it ends in .json. Discourse also says 404 for what this person may not see.',
  },
  request_fails: { level: 'problem', fix: 'Correct what is asked; the sentence is the site’s own.' },
} as const satisfies Readonly<Record<string, FindingRow>>;

/** The stable name of a finding. */
export type FindingCode = keyof typeof FINDING_TABLE;
