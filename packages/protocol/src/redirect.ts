import { ValetkeyError } from './valetkey-error.ts';

/** A redirect whose parts are exactly those that a browser would see. */
export interface Redirect {
  /** As it was sent. */
  readonly text: string;
  /** Lower case, without the colon. */
  readonly scheme: string;
  /** Lower case; an IPv6 address stands in brackets. */
  readonly host: string;
  /** Empty for the scheme's default port. */
  readonly port: string;
  /** Path and query. */
  readonly path: string;
  /** After the `#`; empty where there is none. */
  readonly fragment: string;
}

/** These run or read in the browser itself instead of leading to an app. */
const REFUSED_SCHEMES = new Set([
  'javascript',
  'data',
  'vbscript',
  'file',
  'blob',
  'about',
  'view-source',
  'filesystem',
]);

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  http: '80',
  https: '443',
  ws: '80',
  wss: '443',
  ftp: '21',
};

const PARTS = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^#]*)(?:#(.*))?$/;
const AUTHORITY = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]]*)(?::([0-9]+))?$/;

/**
 * Reads a redirect, and refuses whatever a browser would spell differently: `127.1`, dot segments, backslashes,
 * percent signs or foreign letters in the host. What is matched afterwards is what will be opened.
 *
 * @throws ValetkeyError `redirect_missing_host`, `redirect_not_allowed`
 * @see PROTOCOL.md section 4
 */
export function parseRedirect(text: string): Redirect {
  const refuse = () => new ValetkeyError('redirect_not_allowed');
  if (text.length > 2000 || !/^[\x21-\x7e]+$/.test(text) || text.includes('\\')) throw refuse();
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined || REFUSED_SCHEMES.has(scheme)) throw refuse();
  const parts = PARTS.exec(text);
  if (!parts?.[2]) throw new ValetkeyError('redirect_missing_host');

  const [, , authority, path = '', fragment] = parts;
  const [, host = '', port = ''] = AUTHORITY.exec(authority) ?? [];
  if (/[@%]/.test(authority)) throw refuse();
  if (host === '') throw AUTHORITY.test(authority) ? new ValetkeyError('redirect_missing_host') : refuse();

  const isSpecial = scheme in DEFAULT_PORTS;
  const seen = {
    text,
    scheme,
    host: host.toLowerCase(),
    port: port === DEFAULT_PORTS[scheme] ? '' : port,
    path: isSpecial && !path.startsWith('/') ? `/${path}` : path,
    fragment: fragment ?? '',
  };
  const spelling = `${scheme}://${isSpecial ? seen.host : host}${seen.port && `:${seen.port}`}${seen.path}${
    fragment === undefined ? '' : `#${fragment}`
  }`;
  if (browserSpelling(text) !== spelling) throw refuse();
  return seen;
}

function browserSpelling(text: string): string | null {
  try {
    return new URL(text).href;
  } catch {
    return null;
  }
}

/** The host that a person is warned about (`redirect_uri`); null for none, and for the DiscourseHub app. */
export function redirectWarningHost(redirect: Redirect | null): string | null {
  if (!redirect || redirect.text === 'discourse://auth_redirect') return null;
  return redirect.port ? `${redirect.host}:${redirect.port}` : redirect.host;
}

/**
 * The redirect with values added to its query, before any fragment, percent-encoded so that a client that only calls
 * `decodeURIComponent` gets them right: never a bare `+`.
 */
export function addToRedirect(redirect: string, values: Readonly<Record<string, string>>): string {
  const [base = '', ...fragment] = redirect.split('#');
  const added = Object.entries(values).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const separator = !base.includes('?') ? '?' : /[?&]$/.test(base) ? '' : '&';
  return [base + separator + added.join('&'), ...fragment].join('#');
}
