import { CLIENT_REASONS } from './client-errors.ts';
import { NETWORK_REASONS } from './network-reasons.ts';

/**
 * The English clauses for the detail `reason`, by code. `{name}` stands for another detail. Codes never change their
 * meaning; clauses may be improved.
 */
export const REASONS = {
  ...CLIENT_REASONS,
  ...NETWORK_REASONS,

  // parameter_invalid, address_list_invalid
  invisible_characters: 'it has no visible character, or an invisible one',
  nul_character: 'it contains the character NUL',
  too_long: 'it is longer than {max_characters} characters',
  too_many_entries: 'it has more than {max_entries} entries',
  not_ip_address: 'it is neither an IP address nor a network such as 10.0.0.0/8',
  prefix_out_of_range: 'the prefix length after the slash must be a number from {min_prefix} to {max_prefix}',
  every_ip_address: 'it contains all IP addresses; to allow all, leave the list empty',
  host_bits_set: 'it has bits set after the prefix; write {network} or {ip_address}',

  // redirect_not_allowed, redirect_pattern_invalid
  forbidden_character: 'it contains a space, a backslash, a control character or a non-ASCII character',
  forbidden_scheme: 'the scheme {scheme} is never allowed',
  credentials_in_url: 'it contains a user name or password',
  host_malformed: 'its host is not in the form that browsers use',
  url_not_normalized: 'a browser would normalize it to a different URL',
  wildcard_in_scheme: 'the scheme must not contain a *',
  wildcard_in_host: 'in the host, a * is only allowed for subdomains, as in *.example.com',
  domain_too_short: '*. must be followed by a domain of at least two labels, such as *.example.com',
  not_exact: 'it contains *, | or a comma before another URL, so no pattern allows exactly this URL',
  no_scheme_or_host: 'it has no scheme and host',

  // key_in_wrong_place
  key_in_query: 'it is in the query of the URL',
  key_in_other_header: 'it is in the header {header}',
  key_in_other_scheme: 'the scheme of Authorization is not Bearer',
  key_as_basic_user: 'it is the user name of Authorization: Basic',
  key_as_basic_password: 'as a Basic password it is accepted only for GET and HEAD, without a cookie',

  // key_revoked, key_restorable_by_admin
  revoked: 'its user or the app revoked it',
  revoked_by_admin: 'an admin revoked it',
  replaced: 'a newer key replaced it',
  unused: 'it was not used for a long time',
  too_old: 'it reached the maximum age',
  replayed: 'a code or a refresh token was used twice',

  // public_key_unreadable
  not_rsa_public_key: 'its content is not an RSA public key',
  public_key_too_long: 'it is too long',
  public_key_is_jwk: 'it is a JWK, not PEM',
  public_key_is_xml: 'it is the XML of .NET, not PEM',
  public_key_without_value: 'it is the text “{sent}”, so a variable had no value',
  several_keys: 'there is more than one key',
  damaged_pem: 'characters are missing, added or turned into spaces',
  not_pem: 'it is not PEM',

  // key_not_rotatable, feed_not_available
  app_key: 'it belongs to an app, which gets a new key when it is approved again',
  feed_key: 'it belongs to a feed URL, which can be reset on the feeds page',
  scope_not_for_urls: 'its scope {scope} is not allowed in URLs',
  scope_not_enabled: 'its scope {scope} is not in allow_user_api_key_scopes',

  // admin_scopes_invalid
  scopes_not_list: 'scopes must be a list',
  scopes_missing: 'a granular key needs at least one scope',
  scopes_not_granular: 'only a granular key can have scopes',
  scope_repeated: 'a scope occurs twice',
  scope_not_object: 'each scope must be an object with a scope_id',
  scope_unknown: 'a scope_id is unknown',
  scope_parameter_unknown: 'the scope {scope_id} has only these parameters: {known_parameters}',
  scope_without_parameters: 'the scope {scope_id} has no parameters',
  scope_not_selected: '{scope_id} has values for {scope_parameter}, but is not checked',
  values_not_text: 'the values of {scope_parameter} must be one string, separated by commas',
  value_empty: 'a value of {scope_parameter} is empty; omit {scope_parameter} to allow all values',
  too_many_values: '{scope_parameter} has more than {max_values} values',

  // icon_invalid
  not_an_image: 'it is not a complete PNG, JPEG or WebP',
  animated: 'it is an animation',
  image_size: 'it has {width} by {height} pixels; each side must have {min_pixels} to {max_pixels}',
  not_square: 'it has {width} by {height} pixels, and an icon must be square',

  // setting_invalid
  not_boolean: 'it must be true or false',
  not_in_range: 'it must be a whole number from {min} to {max}',
  not_a_choice: 'it must be one of {choices}',
  not_one_text: 'it must be one text, number or boolean',
  secret_malformed: 'it must have 32 to 128 letters, digits, - and _',
  items_with_commas: 'items are separated by | or by lines, not by commas; write {corrected}',
  list_not_text: 'the values must be one text, separated by |',
  item_not_name: '“{item}” is not a name of lower-case letters, digits and _',
  item_not_http: '“{item}” is not an http(s) URL',
  item_not_https: '“{item}” is not https, and this site sends push notifications only over https',
  item_with_credentials: '“{item}” must not contain a user name or password',
  item_not_ip_address: '“{item}” is not an IP address',
  item_not_origin: '“{item}” is not an origin such as https://app.example, without a path',
  item_not_domain: '“{item}” is not a domain such as client.example, in lower case',
  pattern_invalid: '“{pattern}” is not a valid pattern[: {pattern_reason}]',
  changed_meanwhile: 'another admin has changed it to “{current}”',
} as const satisfies Record<string, string>;

/** The stable code of a reason. */
export type ReasonCode = keyof typeof REASONS;

/** What sites and clients report. */
type SharedReasonCode = 'not_http_url' | 'not_single_string' | 'control_characters' | 'too_many_scopes';

/** The code of a reason that only clients report, so that no page of a site shows it. */
export type ClientReasonCode = Exclude<
  keyof typeof CLIENT_REASONS | keyof typeof NETWORK_REASONS,
  SharedReasonCode
>;
