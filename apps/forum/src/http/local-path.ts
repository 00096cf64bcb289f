/**
 * Where to go after signing in: a path on this site, or the front page for everything else. Browsers take `//host`,
 * `/\host` and a tab in between for another site, so the path is what a URL parser makes of it; and `/.//host` is
 * a path on this site that becomes `//host` by being parsed.
 */
export function localPath(text: string | null): string {
  const here = 'http://here.invalid';
  const url = text?.startsWith('/') ? URL.parse(text, here) : null;
  if (url?.origin !== here || url.pathname.startsWith('//') || /[\\\p{Cc}]/u.test(text ?? '')) return '/';
  return url.pathname + url.search + url.hash;
}

/** Where somebody was, to come back after signing in; a key that stood in the query is no part of it. */
export function wayBack(ipAddress: string): string {
  const url = new URL(ipAddress);
  for (const name of ['user_api_key', 'api_key']) url.searchParams.delete(name);
  return url.pathname + url.search;
}
