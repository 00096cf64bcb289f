/** The paths of the OAuth endpoints, below the site’s base path. */
export const OAUTH_PATHS = {
  deviceAuthorization: '/oauth/device_authorization',
  token: '/oauth/token',
  revokeGrant: '/oauth/grants/revoke',
  metadata: '/.well-known/oauth-authorization-server',
} as const;

/** The grant type of device requests, the only one without `@valetkey/oauth` (RFC 8628 section 3.4). */
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
