import { looksLikeSecret, SEALED } from './redact-text.ts';

const REDACTED = '[redacted]';

/** Parameters of the protocol, of sign-in forms and of OAuth, in lower case. */
const SECRET_PARAMETERS: ReadonlySet<string> = new Set(
  `user_api_key api_key key secret secret_key payload onetimepassword nonce token access_token refresh_token code
   device_code user_code client_secret code_verifier state id_token_hint request approval_token authenticity_token csrf_token password`.split(
    /\s+/,
  ),
);

/** URLs nested in values are redacted to this depth; deeper ones are removed completely. */
const MAX_DEPTH = 3;

/**
 * Returns a URL without secrets, for logs, error reports and metrics. Use it for `Referer` headers too. Never throws.
 *
 * Removes the values of parameters that carry secrets, the token of a sign-in link, user name and password, and the
 * fragment. In other values and in the path, removes every text that looks like a key, payload, nonce, one-time
 * password, token or code. Redacts URLs nested in values (`return_to`) in the same way (PROTOCOL.md#stored-data).
 *
 * @param url absolute, or a path with its query, as received
 * @example
 * ```ts
 * redactUrl('/u/alice/bookmarks.ics?user_api_key=0123456789abcdef0123456789abcdef');
 * // '/u/alice/bookmarks.ics?user_api_key=[redacted]'
 * ```
 */
export function redactUrl(url: string): string {
  return redact(url, MAX_DEPTH);
}

function redact(url: string, depth: number): string {
  const [withoutFragment = ''] = url.split('#', 1);
  const [path, query] = cut(withoutFragment, '?');
  return redactPath(path) + (query === null ? '' : `?${redactQuery(query, depth)}`);
}

function redactPath(text: string): string {
  const [, origin = '', path = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*)?(.*)$/is.exec(text) ?? [];
  const host = origin.replace(/\/\/.*@/s, '//');
  // Base64 contains slashes, which split a payload into segments that do not look like one.
  if (SEALED.test(decode(path))) return `${host}/${REDACTED}`;
  const segments = path.split('/');
  const first = segments.findIndex(
    (segment, i) => isSignInLink(segments[i - 2], segments[i - 1]) || looksLikeSecret(decode(segment)),
  );
  return host + (first < 0 ? path : [...segments.slice(0, first), REDACTED].join('/'));
}

/** `/session/otp/:token`, for any token. */
const isSignInLink = (first = '', second = ''): boolean =>
  decode(first) === 'session' && decode(second) === 'otp';

function redactQuery(query: string, depth: number): string {
  return query
    .split('&')
    .map((pair) => {
      const [name, value] = cut(pair, '=');
      if (looksLikeSecret(decode(name))) return REDACTED;
      return value === null ? name : `${name}=${redactValue(decode(name), value, depth)}`;
    })
    .join('&');
}

function redactValue(name: string, value: string, depth: number): string {
  const text = decode(value);
  if (SECRET_PARAMETERS.has(name.toLowerCase().replace(/\[.*$/s, '')) && value !== '') return REDACTED;
  if (!/[?&=]/.test(text)) return looksLikeSecret(text) ? REDACTED : value;
  // The value may be a URL itself.
  if (depth === 0) return REDACTED;
  const inner = redact(text, depth - 1);
  if (looksLikeSecret(inner)) return REDACTED;
  return inner === text ? value : encodeURIComponent(inner).replaceAll('%5Bredacted%5D', REDACTED);
}

/** Returns the texts before and after the first `separator`; null if there is none. */
function cut(text: string, separator: string): [string, string | null] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

/** Decodes byte by byte: never throws, also for invalid UTF-8. Keeps `+`, which base64 uses. */
function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
