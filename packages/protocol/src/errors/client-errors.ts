import type { ErrorEntry } from './error-entry.ts';

/**
 * The errors that a client detects. They are separate from the rest of the catalogue, so that a page only loads these
 * sentences (docs/decisions/0014).
 */
export const CLIENT_ERRORS = {
  parameter_invalid: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter {parameter} is invalid[: {reason}].',
    advice: 'Send {parameter} once, as plain text.',
  },
  payload_unreadable: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The decrypted payload is not the JSON object that the protocol defines.',
    advice:
      'Decrypt with the padding that the request asked for, and check that the site supports this protocol.',
  },
  payload_cannot_be_opened: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The payload cannot be decrypted with this private key[: {reason}].',
    advice:
      'Use the private key that belongs to the public key sent, or start again with a new pair and padding=oaep.',
  },
  sealed_payload_unreadable: {
    status: 0,
    errorType: 'client_error',
    sentence: 'This is not a complete encrypted payload.',
    advice: 'Copy the whole payload, or paste the whole URL that the site redirected to.',
  },
  sealed_payload_truncated: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The encrypted payload is truncated: it has {bytes} bytes[ of {needed}].',
    advice: 'Copy the payload to its last character, or paste the whole URL that the site redirected to.',
  },
  key_pair_mismatch: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The private key does not belong to the public key that was sent to the site.',
    advice:
      'Store both keys of a pair together, and decrypt each payload with the private key of its request.',
  },
  login_unknown: {
    status: 0,
    errorType: 'client_error',
    sentence: 'No pending login matches this response.',
    advice:
      'Start the login again; a response is valid once, for a limited time, in the browser that started it.',
  },
  too_many_pending_logins: {
    status: 0,
    errorType: 'client_error',
    sentence: 'Too many logins are pending.',
    advice: 'Try again in a few minutes; limit how often one IP address may start a login.',
  },
  nonce_mismatch: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The nonce in the payload is not the nonce of the request.',
    advice: 'Do not use this key; send a new request instead.',
  },
  site_unreachable: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site[ {site}] cannot be reached[: {reason}].',
    advice: 'Check the URL and the network, then try again.',
  },
  site_has_no_user_api_keys: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site[ {site}] does not issue user API keys.',
    advice: 'Check the URL and its subfolder, or ask an admin to enable allow_user_api_keys.',
  },
  site_has_no_device_flow: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site[ {site}] does not support device authorization.',
    advice: 'Use a redirect or copy and paste instead, or ask an admin to update the site.',
  },
  site_too_old: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site[ {site}] supports version {version} of the protocol, which is too old.',
    advice: 'Ask the admins of the site to update it.',
  },
  site_answer_unexpected: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site[ {site}] sent an unexpected response[: {reason}].',
    advice: 'Check the URL and its subfolder, or ask the admins to let apps reach /user-api-key.',
  },
  redirect_not_followed: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site redirected[ to {location}]; the client does not send keys to another origin.',
    advice: 'Use the final URL of the site, and log in there.',
  },
  key_redirected: {
    status: 0,
    errorType: 'client_error',
    sentence: 'A redirect to {location} was followed and may have leaked the key.',
    advice: 'Revoke the key, and log in again at the final URL of the site.',
  },
  redirect_not_confirmed: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site[ {site}] does not check the redirect before sign-in.',
    advice: 'Use copy and paste, or set isRedirectAllowed if an admin has allowed the redirect.',
  },
  web_crypto_missing: {
    status: 0,
    errorType: 'client_error',
    sentence: 'WebCrypto is not available[: {reason}].',
    advice: 'Serve the page over https, or pass your own crypto implementation.',
  },
  access_denied: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The user declined the request.',
    advice: 'Send a new request only if the user asks for it.',
  },
  expired_token: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The code expired, or its result was already fetched.',
    advice: 'Start again with a new code.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The clauses for `reason` that a client needs. The others are in `reasons.ts`. */
export const CLIENT_REASONS = {
  not_http_url: 'it is not an http(s) URL',
  not_single_string: 'it is not a single string',
  control_characters: 'it contains control characters, or marks that change the direction of text',
  too_many_scopes: 'it contains more than {max_scopes} scopes',
  site_url_invalid: 'it is not an http(s) URL without user name and password',
  path_leaves_site: 'it must begin with one slash and stay on the site',

  // payload_cannot_be_opened
  private_key_encrypted: 'the private key is protected by a passphrase; remove it first',
  private_key_not_pem: 'the text is not a private key in PEM',
  private_key_not_rsa: 'the private key is not an RSA key, or is incomplete',
  other_key_size: 'it was encrypted for a key of another size',
  other_key: 'it was encrypted for another key, or modified',
  other_key_or_padding:
    'it was encrypted for another key, modified, or sent by an old site that ignores padding=oaep and needs forOldSites',
  own_crypto_failed: 'the crypto implementation of this app failed to decrypt it',

  // site_answer_unexpected
  https_expected: 'it may expect https: try {https_url}',
  password_required: 'it requires a password for every request',
  too_many_requests: 'it received too many requests; try again later',
  bot_check: 'a bot check blocks the request',
  redirect: 'it redirects to another URL',
  redirect_without_https: 'it redirects to {origin}, where a key would be sent unencrypted',
  server_error: 'it responds with status {status}',
  no_user_api_keys: 'the response is not from a site with user API keys',
  device_response_incomplete: 'its device authorization response is incomplete',
  device_status_unknown: 'its response has no known status',

  // web_crypto_missing, site_unreachable
  page_without_https: 'this page was not loaded over https',
  timed_out: 'the request timed out',
} as const;
