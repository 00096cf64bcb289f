/** The paths of the endpoints, below the site’s base path. */
export const PATHS = {
  authorize: '/oauth/authorize',
  consent: '/oauth/consent',
  decline: '/oauth/consent/decline',
  token: '/oauth/token',
  deviceAuthorization: '/oauth/device_authorization',
  revoke: '/oauth/revoke',
  introspect: '/oauth/introspect',
  register: '/oauth/register',
  userinfo: '/oauth/userinfo',
  jwks: '/oauth/jwks',
  signOut: '/oauth/logout',
  openIdMetadata: '/.well-known/openid-configuration',
  revokeGrant: '/oauth/grants/revoke',
  serverMetadata: '/.well-known/oauth-authorization-server',
  resourceMetadata: '/.well-known/oauth-protected-resource',
} as const;
