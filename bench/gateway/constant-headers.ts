// The headers that the gateway sets, as long as its own, as flat lists of names and values. A proxy that sends these
// constants shows what the headers cost without a decision.

/** For the service: who sent the request. */
export const SENDER_HEADERS: readonly string[] = [
  'X-Forwarded-For',
  '127.0.0.1',
  'X-Forwarded-Proto',
  'http',
  'X-Forwarded-Host',
  '127.0.0.1:8443',
];

export const ID_HEADER: readonly string[] = ['X-Request-Id', '0f'.repeat(16)];

/** For the service: the user of the key. The last value is as long as a signed token. */
export const IDENTITY_HEADERS: readonly string[] = [
  'X-Valetkey-User',
  'alice',
  'X-Valetkey-User-Id',
  'alice',
  'X-Valetkey-Scopes',
  'read',
  'X-Valetkey-Client-Id',
  'client-999',
  'X-Valetkey-Key-Id',
  '999',
  'X-Valetkey-Jwt',
  'e'.repeat(480),
];

/** For the client: the remaining limits. */
export const LIMIT_HEADERS: readonly string[] = [
  'RateLimit-Policy',
  '"minute";q=100000;w=60, "day";q=10000000;w=86400',
  'RateLimit',
  '"minute";r=99990;t=60, "day";r=9999990;t=86400',
];
