/** Spellings of identity headers. */
export const NAMES = [
  'X-Valetkey-User',
  'x-valetkey-user',
  'X_Valetkey_User',
  'X.Valetkey.User',
  'X-Valetkey-Scopes',
  'X_VALETKEY-User',
  'X-Valetkey_Jwt',
  // Every other character that a name may contain (RFC 9110 section 5.6.2).
  ...[..."!#$%&'*+^`|~"].map((character) => `X${character}Valetkey${character}User`),
];

/** The headers that the service receives, sorted. */
export const IDENTITY = ['client-id', 'jwt', 'key-id', 'scopes', 'user', 'user-id'].map(
  (name) => `x-valetkey-${name}`,
);

/** Lines of a request that name a path which the key has. */
export const FORGED_PATHS: readonly (readonly string[])[] = [
  ['X-Original-URI: /api/notes', 'X-Original-Method: GET'],
  ['X-Forwarded-Uri: /api/notes', 'X-Forwarded-Method: GET'],
  ['X-Forwarded-Uri: /api/notes', 'X-Forwarded-Uri: /api/notes', 'X-Forwarded-Method: GET'],
  ['X_Forwarded_Uri: /api/notes', 'X_Original_URI: /api/notes', 'X.Original.URI: /api/notes'],
  ['Connection: close, X-Forwarded-Uri, X-Original-URI, X-Forwarded-Method', 'X-Forwarded-Uri: /api/notes'],
  ['X-Original-URL: /api/notes', 'X-Rewrite-URL: /api/notes'],
];

/** Targets that programs may write differently when they send them on. */
export const TARGETS = [
  '/api/notes/7?x=%20+1&y=/../z',
  '/any?',
  '/any?a?b#c',
  '/any#fragment',
  '/any/%7e%41',
  '/any/a|b"c<d>e^f`g{h}',
  "/any/!$&'()*+,=:@~",
  '/ANY/x',
  '/any/',
  '/',
  '/?/../x',
  'http://other.example/any?x',
  'HTTP://other.example/any',
  'http://other.example',
  'http://other.example?x',
  'https://wiki@other.example:81/any',
  'ftp://other.example/any',
  '*',
];

/** Returns whether some services take the path of a request from this header. */
export const isPathOverride = (name: string): boolean =>
  /^x.(?:original|rewrite|forwarded.(?:uri|method))/.test(name);

/** Reads a path as the most liberal service would. */
export function readLiberally(url: string): string {
  const [target = ''] = url.replace(/^https?:\/\/[^/]*/i, '').split(/[?#]/, 1);
  let path = target;
  for (let round = 0; round < 2; round += 1) {
    try {
      path = decodeURIComponent(path);
    } catch {
      return target;
    }
  }
  const plain =
    path
      .split('\0', 1)[0]
      ?.replaceAll('\\', '/')
      .replace(/;[^/]*/g, '')
      .replace(/\/{2,}/g, '/') ?? '';
  return new URL(plain, 'http://service').pathname.toLowerCase();
}
