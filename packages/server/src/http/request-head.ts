/** Headers by name, in lower case: a `Headers` object, or a function over what a framework has. Null if there is none. */
export interface HeaderReader {
  get(name: string): string | null;
}

/** What is read of a request without its body. A `Request` is one. */
export interface RequestHead {
  /** In upper case. */
  readonly method: string;
  /** Absolute, or path and query alone. */
  readonly url: string;
  readonly headers: HeaderReader;
}

/** The query of a URL without its question mark; '' if there is none. Does not parse the URL: this runs on every request. */
export function queryOf(url: string): string {
  const start = url.indexOf('?');
  if (start === -1) return '';
  const end = url.indexOf('#');
  if (end === -1) return url.slice(start + 1);
  return end < start ? '' : url.slice(start + 1, end);
}
