/** Where OAuth's clients are told to go, below the site's base. */
export const OAUTH_PATHS = {
  deviceAuthorization: '/oauth/device_authorization',
  token: '/oauth/token',
  metadata: '/.well-known/oauth-authorization-server',
} as const;

/** The one grant that there is (RFC 8628 section 3.4). */
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
