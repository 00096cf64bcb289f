import { CLIENT_ERRORS } from './client-errors.ts';
import type { ErrorEntry } from './error-entry.ts';

/**
 * All errors of the protocol: stable code, status, what happened and what to do next. Codes never change their
 * meaning; sentences may be improved. No sentence may contain a secret. (PROTOCOL.md#errors)
 */
export const ERROR_CATALOGUE = {
  // The request itself
  parameter_missing: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter {parameter} is missing or empty.',
    advice: 'Send {parameter} as a parameter[ in {accepted_in}].',
  },
  parameter_too_long: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter {parameter} is longer than {max_bytes} bytes.',
    advice: 'Shorten {parameter}; characters outside ASCII take two to four bytes.',
  },
  padding_invalid: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter padding is neither pkcs1 nor oaep.',
    advice: 'Send padding=oaep, or omit it for pkcs1.',
  },
  body_unreadable: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The request body cannot be parsed.',
    advice: 'Send a JSON object or a form, with the matching Content-Type.',
  },
  body_already_read: {
    status: 500,
    errorType: 'server_error',
    sentence: 'A body parser of this site has read the body of the request before Valetkey could.',
    advice:
      'If you run this site, move app.use(keys.endpoints) above the body parser or, without an adapter, pass the parsed body as parsedBody.',
  },
  body_type_not_allowed: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This endpoint accepts only {body_type} bodies.',
    advice: 'Send all parameters in the body, with Content-Type: {body_type}.',
  },
  body_too_large: {
    status: 413,
    errorType: 'invalid_parameters',
    sentence: 'The request body is too large[: at most {max_bytes} bytes are accepted].',
    advice: 'Send only the parameters that the endpoint defines.',
  },
  not_found: {
    status: 404,
    errorType: 'not_found',
    sentence: 'Nothing was found at this URL.',
    advice: 'Check the URL, and whether the site is served from a subfolder.',
  },
  method_not_allowed: {
    status: 405,
    errorType: 'not_found',
    sentence: 'This URL does not accept the request method.',
    advice: 'Use one of the methods in the Allow header[: {allowed_methods}].',
  },
  internal_error: {
    status: 500,
    errorType: 'server_error',
    sentence: 'The site failed to process the request.',
    advice: 'Try again later, and report it to the admins of the site if it persists.',
  },
  store_unavailable: {
    status: 503,
    errorType: 'server_error',
    sentence: 'The site cannot use its database now.',
    advice: 'Send the request again after the number of seconds in the Retry-After header.',
  },
  limits_unavailable: {
    status: 503,
    errorType: 'server_error',
    sentence: 'The site cannot check its rate limits now, so it rejects this request.',
    advice: 'Send the request again after the number of seconds in the Retry-After header.',
  },
  revocation_not_stored: {
    status: 503,
    errorType: 'server_error',
    sentence:
      'Only the process that served this request rejects the key, because the site could not store its revocation.',
    advice: 'Revoke it again later: until that succeeds, a restart of the site makes the key valid again.',
  },

  // Requesting a key
  user_api_keys_disabled: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This site does not issue user API keys.',
    advice: 'An admin can allow new keys with the setting allow_user_api_keys.',
  },
  no_scope_granted: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'No permission is selected.',
    advice: 'Go back and select at least one permission, or decline the request.',
  },
  scope_not_allowed: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This site does not grant the requested scopes[: {refused_scopes}].',
    advice:
      'Request fewer scopes[ (allowed: {allowed_scopes})], or ask an admin to add them to allow_user_api_key_scopes.',
  },
  redirect_not_allowed: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The site does not allow this auth_redirect[: {reason}].',
    advice:
      'An admin can add it to allowed_user_api_auth_redirects; without auth_redirect the site shows the payload for copying.',
  },
  redirect_missing_host: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The auth_redirect has no scheme or no host.',
    advice: 'Send an absolute URL such as https://app.example/callback or myapp://callback.',
  },
  redirect_pattern_invalid: {
    status: 422,
    errorType: 'invalid_parameters',
    sentence: 'The redirect pattern {pattern} is invalid[: {reason}].',
    advice:
      'Write patterns such as myapp://callback, https://app.example/cb* or https://*.example.com/cb, separated by |.',
  },
  public_key_unreadable: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The public_key cannot be parsed[: {reason}].',
    advice:
      'Send the PEM output of "openssl rsa -in private.pem -pubout", with every + percent-encoded as %2B.',
  },
  public_key_is_private: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The public_key is a private key, which is now compromised.',
    advice:
      'Throw this key pair away, make a new one, and send only its public key ("openssl rsa -in private.pem -pubout").',
  },
  public_key_is_openssh: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The public_key is in OpenSSH format.',
    advice: 'Convert an RSA key to PEM with "ssh-keygen -e -m PKCS8 -f key.pub", and send the result.',
  },
  public_key_is_certificate: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The public_key is a certificate or a certificate request.',
    advice: 'Send only the public key in it ("openssl x509 -in certificate.pem -pubkey -noout").',
  },
  public_key_not_rsa: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The public_key is not an RSA key[; its algorithm is {algorithm}].',
    advice: 'Create an RSA key ("openssl genrsa 2048"), because the payload is encrypted with RSA.',
  },
  public_key_too_small: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The public_key has {bits} bits; at least {min_bits} are required.',
    advice: 'Create a larger RSA key ("openssl genrsa {min_bits}").',
  },
  public_key_too_large: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The public_key has {bits} bits; at most {max_bits} are accepted.',
    advice: 'Create a smaller RSA key ("openssl genrsa 4096").',
  },
  expiry_invalid: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter expires_in_seconds is not a whole number from 1 to 9999999999.',
    advice: 'Send the seconds as decimal digits only, such as 86400 for a day.',
  },
  expiry_too_long: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter expires_in_seconds exceeds the maximum of {max_days} days.',
    advice: 'Request at most {max_days} days; an admin can change max_user_api_key_expiry_days.',
  },
  payload_too_large: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'Payload too large for {padding_name} with this key: {bytes} bytes, at most {max_bytes}.',
    advice: 'Send a shorter nonce[ (at most {max_nonce_bytes} bytes)], or use a larger RSA key.',
  },
  client_public_key_mismatch: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The public_key differs from the one registered for this client.',
    advice: 'Omit public_key, or send exactly the registered one.',
  },
  client_redirect_mismatch: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The auth_redirect differs from the one registered for this client.',
    advice: 'Send exactly the registered auth_redirect, or omit it to have the payload shown.',
  },

  client_not_registered: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'No client with this id is registered.',
    advice: 'Register it first with POST /user-api-key-client.',
  },
  client_already_registered: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'A client with this id is already registered.',
    advice: 'Use the registered key and redirect, or register with another id.',
  },

  // Device authorization
  one_time_password_needs_redirect: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'A device request cannot include the scope one_time_password.',
    advice: 'Omit the scope; a one-time password needs a request with auth_redirect.',
  },
  client_needs_sealed_key: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This client is registered with a public key and receives only encrypted keys.',
    advice: 'Use POST /user-api-key/device.json, or a client_id that is not registered.',
  },
  tls_required: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The site does not return unencrypted keys, because its URL does not start with https.',
    advice: 'Use POST /user-api-key/device.json, which encrypts the key; or serve the site over https.',
  },
  device_request_outdated: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The registration of this app changed after the device made its request.',
    advice: 'No key was issued; start again on the device.',
  },

  // Users and sessions
  login_required: {
    status: 403,
    errorType: 'not_logged_in',
    sentence: 'You are not signed in.',
    advice: 'Sign in on the site and try again.',
  },
  session_required: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This action needs a browser session; it cannot be done with a key.',
    advice: 'Open the site in a browser and do it there, without a key.',
  },
  csrf_invalid: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'BAD CSRF: the form has expired or was not sent by this site.',
    advice: 'Reload the page and try again; a script sends the token as X-CSRF-Token.',
  },
  group_not_allowed: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'Your account is not in a group that may approve user API keys.',
    advice: 'An admin can add a group to the setting user_api_key_allowed_groups.',
  },
  user_suspended: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The account is suspended.',
    advice: 'Contact the admins of the site; the key works again when the suspension ends.',
  },

  personal_keys_disabled: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This site does not let users create this kind of key.',
    advice: 'An admin can enable it: allow_personal_user_api_keys must be {needed}.',
  },
  too_many_app_keys: {
    status: 409,
    errorType: 'invalid_access',
    sentence: 'You have {max_keys} active keys of apps, the maximum on this site.',
    advice: 'Revoke an app that you no longer need, then try again.',
  },
  too_many_approvals: {
    status: 429,
    errorType: 'rate_limit',
    sentence: 'You approved too many apps within an hour.',
    advice: 'Try again in {wait_seconds} seconds.',
  },
  too_many_personal_keys: {
    status: 409,
    errorType: 'invalid_access',
    sentence: 'You have {max_keys} active personal keys, the maximum on this site.',
    advice: 'Revoke one that you no longer need, then try again.',
  },
  address_list_invalid: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The entry {entry} of allowed_addresses is invalid: {reason}.',
    advice: 'Correct the entry, or leave the list empty to allow every IP address.',
  },
  key_not_renewable: {
    status: 409,
    errorType: 'invalid_access',
    sentence: 'This key cannot be renewed in this way.',
    advice:
      'Renew an active personal key to a later time before it expires, or create another key if it has expired.',
  },
  key_not_rotatable: {
    status: 409,
    errorType: 'invalid_access',
    sentence: 'This key cannot be rotated[: {reason}].',
    advice: 'Rotate only your personal keys.',
  },
  key_was_rotated: {
    status: 409,
    errorType: 'invalid_access',
    sentence: 'This key was already replaced by a new key.',
    advice: 'Use the new key, or create another one if the new key was not saved.',
  },
  grace_invalid: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter grace_seconds is not a whole number from 0 to {max_seconds}.',
    advice:
      'Send decimal digits, such as 86400 for a day; an admin can change max_user_api_key_rotation_grace_days.',
  },
  feed_unknown: {
    status: 404,
    errorType: 'not_found',
    sentence: 'This feed does not exist.',
    advice: 'Use one of the feeds of this site[: {known_feeds}].',
  },
  feed_not_available: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'No URL can be created for the feed {feed}: {reason}.',
    advice: 'Ask the admins of the site, who configure its feeds.',
  },

  one_time_password_invalid: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This sign-in link is no longer valid.',
    advice: 'Ask the app for a new link; each works once, for ten minutes.',
  },

  // Using a key
  key_unknown: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This site does not know this key.',
    advice:
      'Send the field "key" (32 characters) of the decrypted payload as User-Api-Key, to the site that issued it.',
  },
  key_revoked: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This key was revoked[: {reason}][, and its grace period ended at {grace_ended_at}].',
    advice: 'Use the key that replaced it, or ask the user for a new one.',
  },
  key_expired: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This key has expired[ (at {expired_at})].',
    advice: 'Ask the user for a new key.',
  },
  key_is_encrypted_payload: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This is the encrypted payload, not the key inside it.',
    advice: 'Decrypt the payload with your private key, parse the JSON, and send its field "key".',
  },
  key_is_public_key: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This is an RSA or SSH key, not a user API key.',
    advice: 'Send the field "key" of the decrypted payload; if you sent a private key, replace the key pair.',
  },
  key_not_allowed_in_url: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This key must not be sent in a URL.',
    advice: 'Send it in the User-Api-Key header, or create a feed URL on the feeds page.',
  },
  oauth_client_unknown: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The site does not know the app that sent you here, or cannot load its description.',
    advice:
      'Send the client_id from a registration at this site, or the https URL of a metadata document whose client_id is that URL.',
  },
  app_blocked: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'An admin of this site has blocked this app[: {block_reason}].',
    advice: 'Ask the admins of the site; the keys of the app work again when they remove the block.',
  },
  icon_invalid: {
    status: 422,
    errorType: 'invalid_parameters',
    sentence: 'The file is not a suitable icon[: {reason}].',
    advice: 'Choose a square PNG, JPEG or WebP without animation.',
  },
  icon_too_large: {
    status: 413,
    errorType: 'invalid_parameters',
    sentence: 'The icon is larger than {max_bytes} bytes.',
    advice: 'Choose a smaller picture, such as a PNG of 128 by 128 pixels.',
  },
  block_not_found: {
    status: 404,
    errorType: 'not_found',
    sentence: 'This block does not exist.',
    advice: 'Check the list of blocked apps; another admin may have removed the block.',
  },
  oauth_client_blocked: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'An admin of this site has blocked the app that sent you here.',
    advice: 'Ask the admins of the site for the reason.',
  },
  oauth_redirect_mismatch: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The redirect_uri is not one that this app has registered, so nothing is sent there.',
    advice:
      'Send exactly one of the registered redirect URIs; only the port of a loopback address may differ.',
  },
  key_for_another_resource: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This key was issued for another resource of this site.',
    advice: 'Request a token with the parameter resource set to the URL of this resource.',
  },
  token_missing: {
    status: 401,
    errorType: 'not_logged_in',
    sentence: 'This request has no bearer token.',
    advice:
      'Send an access token as Authorization: Bearer; the header WWW-Authenticate names the metadata of this resource.',
  },
  origin_not_allowed: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'Pages of this origin may not call this URL.',
    advice: 'An admin can add the origin to the setting cors_origins.',
  },
  address_not_allowed: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This key must not be used from this IP address[ ({address})].',
    advice: 'Use it from an allowed IP address, or ask its user for a key that allows yours.',
  },
  scope_insufficient: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The scopes of this key do not allow this request[; the key has {granted_scopes}].',
    advice: 'Ask the user for a key with one of the required scopes[: {required_scopes}].',
  },
  admin_key_in_user_header: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'An admin key was sent as User-Api-Key.',
    advice: 'Send admin keys as Api-Key together with Api-Username.',
  },
  user_key_in_admin_header: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'A user API key was sent as Api-Key.',
    advice: 'Send it as User-Api-Key, without Api-Username.',
  },
  key_in_wrong_place: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'A user API key was sent in the wrong place[: {reason}].',
    advice: 'Send the key in the header User-Api-Key, or as Authorization: Bearer.',
  },
  admin_key_from_browser: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'A web page of another origin sent an admin key.',
    advice: 'Revoke the key, and let each visitor of the page approve a user API key of their own.',
  },
  invalid_api_credentials: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The Api-Key, or the Api-Username sent with it, is not valid.',
    advice: 'Check on the admin pages that the key is active and allows that user.',
  },
  credentials_conflict: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The request contains more than one key.',
    advice: 'Send one of User-Api-Key, Authorization: Bearer and Api-Key.',
  },
  rate_limited: {
    status: 429,
    errorType: 'rate_limit',
    sentence: 'Too many requests[; wait {wait_seconds} seconds].',
    advice: 'Wait for the number of seconds in the Retry-After header.',
  },

  // Managing keys and settings
  key_not_found: {
    status: 404,
    errorType: 'not_found',
    sentence: 'This key does not exist or cannot be changed.',
    advice: 'Check the list of keys on the apps page; it may already be revoked.',
  },
  key_of_another_user: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This key belongs to another user.',
    advice: 'Sign in as its owner in a browser; an admin can only revoke and restore the keys of others.',
  },
  key_was_replaced: {
    status: 409,
    errorType: 'invalid_access',
    sentence: 'A newer key replaced this key, so its revocation cannot be undone.',
    advice: 'Use the newer key, or ask for another one.',
  },
  key_restorable_by_admin: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'An admin or the site itself revoked this key[: {reason}].',
    advice: 'Ask an admin of the site to restore it, or approve the app again.',
  },
  key_too_old: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The key was approved more than {max_days} days ago, the maximum age on this site.',
    advice: 'Approve the app again to get a new key.',
  },
  admin_required: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This action is for admins only.',
    advice: 'Sign in with an admin account.',
  },
  admin_key_not_found: {
    status: 404,
    errorType: 'not_found',
    sentence: 'This admin key does not exist or cannot be changed.',
    advice: 'Check the list of admin keys; another admin may have revoked, restored or deleted it.',
  },
  admin_key_is_live: {
    status: 409,
    errorType: 'invalid_access',
    sentence: 'This admin key is active and cannot be deleted.',
    advice: 'Revoke it first, and check that nothing still uses it.',
  },
  admin_scopes_invalid: {
    status: 422,
    errorType: 'invalid_parameters',
    sentence: 'The scopes of the admin key are invalid[: {reason}].',
    advice: 'No key was created; see /admin/api/keys/scopes.json for the scopes and their parameters.',
  },
  user_not_found: {
    status: 422,
    errorType: 'invalid_parameters',
    sentence: 'No user has this name.',
    advice: 'No key was created; correct username, or omit it for a key that acts as any user.',
  },
  setting_unknown: {
    status: 404,
    errorType: 'not_found',
    sentence: 'There is no setting named {setting}.',
    advice: 'Check the list of settings for its name.',
  },
  setting_invalid: {
    status: 422,
    errorType: 'invalid_parameters',
    sentence: 'The value for the setting {setting} is invalid[: {reason}].',
    advice: 'Nothing was changed; correct the value and save again.',
  },

  // A gateway or proxy in front of a service
  path_ambiguous: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'Programs can read the URL of this request in different ways[ ({ambiguity})].',
    advice:
      'Send one host, and a path without empty segments, dot segments, backslashes, semicolons, and escaped slashes or dots.',
  },
  upstream_unavailable: {
    status: 502,
    errorType: 'server_error',
    sentence: 'The service behind this site cannot be reached.',
    advice: 'Try again later, and report it to the admins of the site if it persists.',
  },
  upstream_timeout: {
    status: 504,
    errorType: 'server_error',
    sentence: 'The service behind this site did not respond in time.',
    advice: 'Check whether the request took effect before you send it again.',
  },
  verify_misconfigured: {
    status: 500,
    errorType: 'server_error',
    sentence: 'The proxy of this site sent an invalid forward-authentication request[: {problem}].',
    advice:
      'If you run this site, compare the configuration of the proxy with the guide on forward authentication.',
  },
  proxy_not_trusted: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'Only the proxies of this site may use this address.',
    advice: 'If you run this site, add the address of the proxy to the list of trusted ones.',
  },
  accounts_unavailable: {
    status: 502,
    errorType: 'server_error',
    sentence: 'The site cannot determine who is signed in.',
    advice: 'Try again later, and report it to the admins of the site if it persists.',
  },

  sign_in_failed: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The sign-in was not completed.',
    advice: 'Open the page of this site again and sign in.',
  },

  ...CLIENT_ERRORS,
} as const satisfies Record<string, ErrorEntry>;

/** The stable code of an error. */
export type ErrorCode = keyof typeof ERROR_CATALOGUE;
