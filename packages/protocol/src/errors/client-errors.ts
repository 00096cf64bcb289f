import type { ErrorEntry } from './error-entry.ts';

/**
 * The part of the catalogue that a client raises itself. It stands apart so that an app in a browser need not carry what
 * only sites say.
 */
export const CLIENT_ERRORS = {
  parameter_invalid: {
    status: 400,
    errorType: 'invalid_parameters',
    sentence: 'The parameter {parameter} cannot be used[: {reason}].',
    advice: 'Send {parameter} once, as plain text.',
  },
  payload_unreadable: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The decrypted payload is not the JSON that a site sends.',
    advice: 'Decrypt with the padding that was asked for, and check that the site speaks this protocol.',
  },
  payload_cannot_be_opened: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The payload cannot be opened with this private key[: {reason}].',
    advice:
      'Use the private key of the very pair whose public key was sent, or begin again with a new pair and padding=oaep.',
  },
  sealed_payload_unreadable: {
    status: 0,
    errorType: 'client_error',
    sentence: 'This is not a sealed payload, or a part of it is missing.',
    advice: 'Copy all of it, or paste the whole address that the site led to.',
  },
  sealed_payload_truncated: {
    status: 0,
    errorType: 'client_error',
    sentence: 'A part of the sealed payload is missing: there are {bytes} bytes[ of {needed}].',
    advice: 'Copy all of it, to its last letter, or paste the whole address that the site led to.',
  },
  key_pair_mismatch: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The private key is not the other half of the public key that was sent to the site.',
    advice:
      'Keep both halves of one pair together, and open the answer with the one that belongs to its request.',
  },
  login_unknown: {
    status: 0,
    errorType: 'client_error',
    sentence: 'No login is waiting for this answer here.',
    advice: 'Begin again: an answer counts once, for a while, and in the browser that asked for it.',
  },
  nonce_mismatch: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The payload answers another request than the one that was made.',
    advice: 'Do not use this key; begin again, and revoke the key if nobody asked for it.',
  },
  site_unreachable: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site[ {site}] does not answer[: {reason}].',
    advice: 'Check the address and the network, then try again.',
  },
  site_has_no_user_api_keys: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site[ {site}] does not hand out user API keys.',
    advice:
      'Check the address, with its subfolder if it has one, or ask an admin to turn on allow_user_api_keys.',
  },
  site_has_no_device_flow: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site[ {site}] gives out no codes for devices.',
    advice: 'Log in with a redirect, or copy and paste the answer; or ask an admin to update the site.',
  },
  site_too_old: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site[ {site}] speaks version {version} of the protocol, which is too old.',
    advice: 'Ask the admins of the site to update it.',
  },
  site_answer_unexpected: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site[ {site}] does not answer as this protocol does[: {reason}].',
    advice:
      'Check the address, with its subfolder; or ask the admins of the site to let apps reach /user-api-key.',
  },
  redirect_not_followed: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site redirected the request[ to {location}], and a key does not go there.',
    advice: 'Use the address under which the site really lives, and log in there.',
  },
  key_led_away: {
    status: 0,
    errorType: 'client_error',
    sentence: 'A redirect to {location} was followed here, and may have taken the key along.',
    advice: 'Revoke the key, and log in again at the address under which the site really lives.',
  },
  redirect_not_confirmed: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The site[ {site}] does not say before a sign-in whether it allows the redirect.',
    advice: 'Copy and paste the answer; or set isRedirectAllowed, if an admin has allowed the redirect.',
  },
  web_crypto_missing: {
    status: 0,
    errorType: 'client_error',
    sentence: 'There is no WebCrypto here[: {reason}].',
    advice: 'Serve the page over https, or hand in crypto of your own.',
  },
  access_denied: {
    status: 0,
    errorType: 'client_error',
    sentence: 'The person declined.',
    advice: 'Ask again only if they want to.',
  },
  expired_token: {
    status: 0,
    errorType: 'client_error',
    sentence: 'Nobody approved with this code in time, or its answer was fetched already.',
    advice: 'Begin again, which makes a new code.',
  },
} as const satisfies Record<string, ErrorEntry>;
