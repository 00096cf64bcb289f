/** Reads a header by its lower-case name: a `Headers` object, or an adapter for a framework. Null if it is absent. */
export interface HeaderReader {
  get(name: string): string | null;
}

/** The properties of a request without its body; a `Request` is one. */
export interface RequestHead {
  /** In upper case. */
  readonly method: string;
  /** Absolute, or a path with its query. */
  readonly url: string;
  readonly headers: HeaderReader;
}

/**
 * Returns the query of a URL without the question mark; '' if there is none. Does not parse the URL, because this
 * runs on every request.
 */
export function queryOf(url: string): string {
  const start = url.indexOf('?');
  if (start === -1) return '';
  const end = url.indexOf('#');
  if (end === -1) return url.slice(start + 1);
  return end < start ? '' : url.slice(start + 1, end);
}

/**
 * Returns the path of a URL as received; '' if there is none. Does not parse the URL, because this runs on every
 * request. A path with dot segments or escapes is therefore no path of an endpoint.
 */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  const beforeQuery = query === -1 ? url : url.slice(0, query);
  const fragment = beforeQuery.indexOf('#');
  const head = fragment === -1 ? beforeQuery : beforeQuery.slice(0, fragment);
  if (head.startsWith('/')) return head;
  const start = head.indexOf('/', head.indexOf('://') + 3);
  return start === -1 ? '' : head.slice(start);
}
