import { CLIENT_ERRORS } from './client-errors.ts';
import type { ErrorEntry } from './error-entry.ts';
import { loadErrorEntries } from './loaded-errors.ts';

/**
 * Every error of the protocol: stable code, status, what happened and what to do next. Codes never change their
 * meaning; sentences may be improved. No row may name a secret. (PROTOCOL.md sections 2, 3 and 5)
 */
export const ERROR_CATALOGUE = {
  // The request itself
  parameter_missing: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter {parameter} is missing or empty.',
    advice: 'Send {parameter} in the query, the form or the JSON body.',
  },
  parameter_too_long: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter {parameter} is longer than {max_bytes} bytes.',
    advice: 'Shorten {parameter}; letters outside ASCII count for two to four bytes.',
  },
  padding_invalid: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter padding is neither pkcs1 nor oaep.',
    advice: 'Send padding=oaep, or leave it out for pkcs1.',
  },
  body_unreadable: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The body of the request cannot be read.',
    advice: 'Send a JSON object or a form, with the Content-Type that says which.',
  },
  body_type_not_allowed: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This address takes bodies of the type {body_type} only.',
    advice: 'Send everything in the body, with Content-Type: {body_type}.',
  },
  body_too_large: {
    status: 413,
    errorType: 'invalid_parameters',
    sentence: 'The body of the request is larger than this endpoint takes[: {max_bytes} bytes at most].',
    advice: 'Send only the parameters that the endpoint asks for.',
  },
  not_found: {
    status: 404,
    errorType: 'not_found',
    sentence: 'There is nothing at this address.',
    advice: 'Check the address, and whether the site lives in a subfolder.',
  },
  method_not_allowed: {
    status: 405,
    errorType: 'not_found',
    sentence: 'This address does not take that method.',
    advice: 'Use one of the methods in the Allow header[: {allowed_methods}].',
  },
  internal_error: {
    status: 500,
    errorType: 'server_error',
    sentence: 'Something went wrong on the site.',
    advice: 'Try again later, and tell the admins of the site if it stays so.',
  },

  // Asking for a key
  user_api_keys_disabled: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This site does not hand out user API keys.',
    advice: 'An admin can turn them on with the setting allow_user_api_keys.',
  },
  scope_not_allowed: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This site does not give out the scopes that were asked for[: {refused_scopes}].',
    advice:
      'Ask for fewer scopes[ (allowed: {allowed_scopes})], or have an admin add them to allow_user_api_key_scopes.',
  },
  redirect_not_allowed: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The site does not send keys to this auth_redirect[: {reason}].',
    advice:
      'An admin has to add it to the setting allowed_user_api_auth_redirects; without auth_redirect the key is shown for copying.',
  },
  redirect_missing_host: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The auth_redirect has no scheme and host.',
    advice: 'Send a whole address such as https://app.example/callback or myapp://callback.',
  },
  redirect_pattern_invalid: {
    status: 422,
    errorType: 'invalid_parameters',
    sentence: 'The redirect pattern {pattern} cannot be used[: {reason}].',
    advice:
      'Write patterns such as myapp://callback, https://app.example/cb* or https://*.example.com/cb, separated by |.',
  },
  public_key_unreadable: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The public_key cannot be read[: {reason}].',
    advice:
      'Send an RSA public key in PEM, as "openssl rsa -in private.pem -pubout" prints it, with every + percent-encoded as %2B.',
  },
  public_key_is_private: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'What was sent as public_key is a private key, which is no longer secret now.',
    advice:
      'Throw this key pair away, make a new one, and send only the public half ("openssl rsa -in private.pem -pubout").',
  },
  public_key_is_openssh: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The public_key is in the SSH format.',
    advice: 'If it is an RSA key, convert it to PEM with "ssh-keygen -e -m PKCS8 -f key.pub" and send that.',
  },
  public_key_is_certificate: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'What was sent as public_key is a certificate or a certificate request.',
    advice: 'Send only the public key in it ("openssl x509 -in certificate.pem -pubkey -noout").',
  },
  public_key_not_rsa: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The public_key is not an RSA key[ but of the kind {algorithm}].',
    advice: 'Make an RSA key ("openssl genrsa 2048"), since only RSA can open the payload.',
  },
  public_key_too_small: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The public_key has {bits} bits, and at least {min_bits} are needed.',
    advice: 'Make a larger RSA key ("openssl genrsa {min_bits}").',
  },
  public_key_too_large: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The public_key has {bits} bits, and at most {max_bits} are taken.',
    advice: 'Make a smaller RSA key ("openssl genrsa 4096").',
  },
  expiry_invalid: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter expires_in_seconds is not a whole number of seconds above zero.',
    advice: 'Send at most ten decimal digits, such as 86400 for a day.',
  },
  expiry_too_long: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence:
      'The parameter expires_in_seconds reaches further than the {max_days} days that this site allows.',
    advice: 'Ask for at most {max_days} days; an admin can change max_user_api_key_expiry_days.',
  },
  payload_too_large: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence:
      'Payload too large for {padding_name} with this key: {bytes} bytes, and there is room for {max_bytes}.',
    advice: 'Send a shorter nonce[ (at most {max_nonce_bytes} bytes)], or use a larger RSA key.',
  },
  client_public_key_mismatch: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This client is registered with another public key than the one sent.',
    advice: 'Leave public_key out, or send exactly the registered one.',
  },
  client_redirect_mismatch: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This client is registered with another auth_redirect than the one sent.',
    advice: 'Send exactly the registered auth_redirect, or leave it out to have the payload shown.',
  },

  client_not_registered: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'No client of this id is registered here.',
    advice: 'Register it first, with POST /user-api-key-client.',
  },
  client_already_registered: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'A client of this id is registered already.',
    advice: 'Use the registered key and redirect, or register under an id of your own.',
  },

  // Asking from a device
  one_time_password_needs_redirect: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'A device cannot ask for the scope one_time_password.',
    advice: 'Leave it out; signing a browser in takes a request with auth_redirect.',
  },
  client_needs_sealed_key: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This client is registered with a public key, and gets its keys encrypted to it only.',
    advice: 'Ask with POST /user-api-key/device.json, or with a client_id that is not registered.',
  },
  tls_required: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This site does not hand out keys in clear, because its address does not begin with https.',
    advice: 'Ask with POST /user-api-key/device.json, which encrypts the key; or have the site use https.',
  },
  device_request_outdated: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The registration of this app has changed since the device asked.',
    advice: 'Nothing was handed out; begin again on the device.',
  },

  // The person
  login_required: {
    status: 403,
    errorType: 'not_logged_in',
    sentence: 'Nobody is signed in.',
    advice: 'Sign in on the site and try again.',
  },
  session_required: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'A key cannot do this; a person has to, signed in with a browser.',
    advice: 'Open the site in a browser and do it there, without a key.',
  },
  csrf_invalid: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'BAD CSRF: the page that sent this form is too old, or it is not a page of this site.',
    advice: 'Reload the page and try again; a script sends the token as X-CSRF-Token.',
  },
  group_not_allowed: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'Your account is not in a group that may approve user API keys on this site.',
    advice: 'An admin can add a group to the setting user_api_key_allowed_groups.',
  },
  user_suspended: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The account is suspended.',
    advice: 'Ask the admins of the site; the key works again when the suspension ends.',
  },

  personal_keys_disabled: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This site does not let people make this for themselves.',
    advice: 'An admin can change that: allow_personal_user_api_keys must be {needed}.',
  },
  too_many_personal_keys: {
    status: 409,
    errorType: 'invalid_access',
    sentence: 'You have {max_keys} live keys of your own, which is as many as this site allows.',
    advice: 'Revoke one that you no longer need, then try again.',
  },
  address_list_invalid: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The entry {entry} of allowed_addresses cannot be used: {reason}.',
    advice: 'Correct it, or leave the list empty for a key that works from anywhere.',
  },
  key_not_rotatable: {
    status: 409,
    errorType: 'invalid_access',
    sentence: 'This key cannot be rotated[: {reason}].',
    advice: 'Rotate only keys that you made for yourself.',
  },
  key_was_rotated: {
    status: 409,
    errorType: 'invalid_access',
    sentence: 'This key was rotated already, and a newer one is in its place.',
    advice: 'Rotate the newer one, or make another key if you did not see it.',
  },
  grace_invalid: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter grace_seconds is not a whole number of seconds from 0 to {max_seconds}.',
    advice:
      'Send decimal digits, such as 86400 for a day; an admin can change max_user_api_key_rotation_grace_days.',
  },
  feed_unknown: {
    status: 404,
    errorType: 'not_found',
    sentence: 'There is no such feed.',
    advice: 'Name one of the feeds of this site[: {known_feeds}].',
  },
  feed_not_available: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'No address can be made for the feed {feed}: {reason}.',
    advice: 'Tell the admins of the site; they decide which feeds it has.',
  },

  one_time_password_invalid: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This sign-in link is not valid any more.',
    advice: 'Ask the app for a new one; each works once, for ten minutes.',
  },

  // Using a key
  key_unknown: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This is not a key of this site.',
    advice:
      'Send the 32 characters of the field "key" from the decrypted payload as User-Api-Key, to the site that issued it.',
  },
  key_revoked: {
    status: 403,
    errorType: 'invalid_access',
    sentence:
      'This key works no more[ ({reason})][: it was rotated, and its time beside the newer key ended at {grace_ended_at}].',
    advice:
      'Use the key that took its place, or ask the person for a new one; approving the same client again replaces its earlier key.',
  },
  key_expired: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This key has expired[ (at {expired_at})].',
    advice: 'Ask the person for a new key.',
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
    advice:
      'Send the field "key" of the decrypted payload; if a private key was sent, replace that key pair.',
  },
  key_not_allowed_in_url: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This key may not be sent in an address.',
    advice:
      'Send it in the User-Api-Key header, or make a feed address on the apps page, which has a key of its own.',
  },
  address_not_allowed: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This key may not be used from this address[ ({address})].',
    advice: 'Use it where its person meant it to be used, or ask them for a key that works here too.',
  },
  scope_insufficient: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This key does not reach that far[: it has {granted_scopes}].',
    advice: 'Ask the person for a key with one of the scopes that do[: {required_scopes}].',
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
  admin_key_from_browser: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'An admin key was sent by a web page of another site.',
    advice:
      'Take the key out of the page and replace it, since every visitor could read it; use a user API key there.',
  },
  invalid_api_credentials: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'The Api-Key, or the Api-Username with it, is not valid here.',
    advice: 'Check the key on the admin pages, and that it belongs to that user or to all of them.',
  },
  credentials_conflict: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'More than one key was sent.',
    advice: 'Send one of User-Api-Key, Authorization: Bearer and Api-Key.',
  },
  rate_limited: {
    status: 429,
    errorType: 'rate_limit',
    sentence: 'Too many requests[; wait {wait_seconds} seconds].',
    advice: 'Wait as long as the Retry-After header says.',
  },

  // Looking after keys and settings
  key_not_found: {
    status: 404,
    errorType: 'not_found',
    sentence: 'There is no such key to act on.',
    advice: 'Look at the list of keys on the apps page; it may have been revoked already.',
  },
  key_of_another_user: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'This key belongs to somebody else.',
    advice: 'Only its owner or an admin, signed in with a browser, can do this.',
  },
  key_was_replaced: {
    status: 409,
    errorType: 'invalid_access',
    sentence: 'A newer key took the place of this one, so it cannot come back.',
    advice: 'Use the newer key, or ask for another.',
  },
  admin_required: {
    status: 403,
    errorType: 'invalid_access',
    sentence: 'Only an admin may do this.',
    advice: 'Sign in with the account of an admin.',
  },
  admin_key_not_found: {
    status: 404,
    errorType: 'not_found',
    sentence: 'There is no such admin key to act on.',
    advice: 'Look at the list of admin keys; somebody may have revoked, restored or deleted it already.',
  },
  admin_key_is_live: {
    status: 409,
    errorType: 'invalid_access',
    sentence: 'This admin key still works, so it is not deleted.',
    advice: 'Revoke it first, and see whether anything breaks.',
  },
  admin_scopes_invalid: {
    status: 422,
    errorType: 'invalid_parameters',
    sentence: 'The scopes of the admin key cannot be used[: {reason}].',
    advice: 'No key was made; look at /admin/api/keys/scopes.json for the scopes and their parameters.',
  },
  user_not_found: {
    status: 422,
    errorType: 'invalid_parameters',
    sentence: 'There is no user of that name.',
    advice: 'No key was made; correct username, or leave it out for a key that acts as any user.',
  },
  setting_unknown: {
    status: 404,
    errorType: 'not_found',
    sentence: 'There is no setting named {setting}.',
    advice: 'Look at the list of settings for its name.',
  },
  setting_invalid: {
    status: 422,
    errorType: 'invalid_parameters',
    sentence: 'The setting {setting} cannot take this value[: {reason}].',
    advice: 'Nothing has changed; correct the value and save again.',
  },

  ...CLIENT_ERRORS,
} as const satisfies Record<string, ErrorEntry>;

/** The stable machine word of an error. */
export type ErrorCode = keyof typeof ERROR_CATALOGUE;

loadErrorEntries(ERROR_CATALOGUE);
