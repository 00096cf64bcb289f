import type { ErrorDetails } from '../errors/error-entry.ts';
import type { ReasonCode } from '../errors/reasons.ts';
import { ValetkeyError } from '../errors/valetkey-error.ts';

/** An `auth_redirect`, split into the parts that a browser sees. */
export interface Redirect {
  /** As received. */
  readonly text: string;
  /** Lower case, without the colon. */
  readonly scheme: string;
  /** Lower case; IPv6 in brackets. */
  readonly host: string;
  /** Empty for the default port of the scheme. */
  readonly port: string;
  /** Path and query. */
  readonly path: string;
  /** Including `#`; empty if there is none. */
  readonly fragment: string;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  http: '80',
  https: '443',
  ws: '80',
  wss: '443',
  ftp: '21',
};

/** Schemes that make a browser run the payload or read local data. */
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

/** Whether a browser runs or reads the content of URLs with this scheme. @param scheme lower case, without the colon */
export const isDangerousScheme = (scheme: string): boolean => DANGEROUS_SCHEMES.has(scheme);

/** Excludes the backslash: some URL parsers treat it as a slash, others as a character. */
const VISIBLE_ASCII = /^[\x21-\x5b\x5d-\x7e]*$/;
const SHAPE = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/i;
const AUTHORITY = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:]+\])(?::([0-9]{1,5}))?$/i;

/**
 * Parses an `auth_redirect` (PROTOCOL.md#redirects). The result is exactly what a browser sees (WHATWG URL). A text
 * that a browser would parse or normalize differently is rejected.
 *
 * @throws {ValetkeyError} `redirect_missing_host` without scheme or host; else `redirect_not_allowed` with a
 *   `reason`
 * @example parseRedirect('https://App.example:443/cb?x=1') // { scheme: 'https', host: 'app.example', port: '', path: '/cb?x=1', … }
 */
export function parseRedirect(text: string): Redirect {
  if (!VISIBLE_ASCII.test(text)) throw refusal('forbidden_character');
  const [, rawScheme = '', authority = '', rawPath = '', query = '', fragment = ''] = SHAPE.exec(text) ?? [];
  const scheme = (rawScheme || /^[^:]*/.exec(text)?.[0] || '').toLowerCase();
  if (DANGEROUS_SCHEMES.has(scheme)) throw refusal('forbidden_scheme', { scheme });
  if (authority === '') throw new ValetkeyError('redirect_missing_host');
  if (authority.includes('@')) throw refusal('credentials_in_url');
  const [, rawHost, rawPort = ''] = AUTHORITY.exec(authority) ?? [];
  if (rawHost === undefined) throw refusal('host_malformed');

  const isWeb = scheme in DEFAULT_PORTS;
  const redirect = {
    text,
    scheme,
    host: rawHost.toLowerCase(),
    port: rawPort === DEFAULT_PORTS[scheme] ? '' : rawPort,
    path: (rawPath === '' && isWeb ? '/' : rawPath) + query,
    fragment,
  };
  // Browsers keep the case of a host only for schemes that they do not know.
  if (normalizeAsBrowser(text) !== formatRedirect({ ...redirect, host: isWeb ? redirect.host : rawHost })) {
    throw refusal('url_not_normalized');
  }
  return redirect;
}

function formatRedirect({ scheme, host, port, path, fragment }: Omit<Redirect, 'text'>): string {
  return `${scheme}://${host}${port && `:${port}`}${path}${fragment}`;
}

function normalizeAsBrowser(text: string): string | null {
  return URL.canParse(text) ? new URL(text).href : null;
}

function refusal(reason: ReasonCode, details: ErrorDetails = {}): ValetkeyError {
  return new ValetkeyError('redirect_not_allowed', { reason, ...details });
}
