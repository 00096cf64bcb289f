/**
 * Returns the path on this site to open after signing in; the front page for every other text. Browsers read `//host`,
 * `/\host` and `/<tab>/host` as another site, so the path is taken from a URL parser, and `/.//host`, which becomes
 * `//host` by parsing, is rejected.
 */
export function localPath(text: string | null): string {
  const here = 'http://here.invalid';
  const url = text?.startsWith('/') ? URL.parse(text, here) : null;
  if (url?.origin !== here || url.pathname.startsWith('//') || /[\\\p{Cc}]/u.test(text ?? '')) return '/';
  return url.pathname + url.search + url.hash;
}

/** Returns the path and query of a URL, to return to after signing in, without a key that was in the query. */
export function returnPath(requestUrl: string): string {
  const url = new URL(requestUrl);
  for (const name of ['user_api_key', 'api_key']) url.searchParams.delete(name);
  return url.pathname + url.search;
}
