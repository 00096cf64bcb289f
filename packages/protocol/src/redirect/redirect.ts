import { ValetkeyError } from '../errors/valetkey-error.ts';

/** An `auth_redirect`, in the parts that a browser will see too. */
export interface Redirect {
  /** As it came. */
  readonly text: string;
  /** Lower case, without the colon. */
  readonly scheme: string;
  /** Lower case; IPv6 in brackets. */
  readonly host: string;
  /** Empty for the scheme's default. */
  readonly port: string;
  /** Path and query. */
  readonly path: string;
  /** With its `#`; empty if there is none. */
  readonly fragment: string;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  http: '80',
  https: '443',
  ws: '80',
  wss: '443',
  ftp: '21',
};

/** Schemes by which a browser runs what it is given, or reads what is not the app's. */
const DANGEROUS_SCHEMES = new Set([
  'about',
  'blob',
  'data',
  'file',
  'filesystem',
  'intent',
  'javascript',
  'vbscript',
  'view-source',
]);

/** Without the backslash, which is a slash to some readers of addresses and a letter to others. */
const VISIBLE_ASCII = /^[\x21-\x5b\x5d-\x7e]*$/;
const SHAPE = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/i;
const AUTHORITY = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:]+\])(?::([0-9]{1,5}))?$/i;

/**
 * Reads an `auth_redirect` (PROTOCOL.md section 4). What comes back is exactly what a browser makes of the same text
 * (WHATWG URL): a text that a browser would read or spell differently is refused, not repaired.
 *
 * @throws {ValetkeyError} `redirect_missing_host` without scheme and host; else `redirect_not_allowed` with a `reason`
 * @example parseRedirect('https://App.example:443/cb?x=1') // { scheme: 'https', host: 'app.example', port: '', path: '/cb?x=1', … }
 */
export function parseRedirect(text: string): Redirect {
  if (!VISIBLE_ASCII.test(text))
    throw refusal('it holds a blank, a backslash, a control character or a letter outside ASCII');
  const [, rawScheme = '', authority = '', rawPath = '', query = '', fragment = ''] = SHAPE.exec(text) ?? [];
  const scheme = (rawScheme || /^[^:]*/.exec(text)?.[0] || '').toLowerCase();
  if (DANGEROUS_SCHEMES.has(scheme)) throw refusal(`the scheme ${scheme} is never allowed`);
  if (authority === '') throw new ValetkeyError('redirect_missing_host');
  if (authority.includes('@')) throw refusal('it holds a user name or password');
  const [, rawHost, rawPort = ''] = AUTHORITY.exec(authority) ?? [];
  if (rawHost === undefined) throw refusal('its host is not spelled as browsers spell it');

  const isWeb = scheme in DEFAULT_PORTS;
  const redirect = {
    text,
    scheme,
    host: rawHost.toLowerCase(),
    port: rawPort === DEFAULT_PORTS[scheme] ? '' : rawPort,
    path: (rawPath === '' && isWeb ? '/' : rawPath) + query,
    fragment,
  };
  // Browsers keep the case of a host only under schemes that they do not know.
  if (browserSpelling(text) !== spell({ ...redirect, host: isWeb ? redirect.host : rawHost })) {
    throw refusal('a browser would change it');
  }
  return redirect;
}

function spell({ scheme, host, port, path, fragment }: Omit<Redirect, 'text'>): string {
  return `${scheme}://${host}${port && `:${port}`}${path}${fragment}`;
}

function browserSpelling(text: string): string | null {
  return URL.canParse(text) ? new URL(text).href : null;
}

function refusal(reason: string): ValetkeyError {
  return new ValetkeyError('redirect_not_allowed', { reason });
}
