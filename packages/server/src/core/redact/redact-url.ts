import { looksLikeSecret, SEALED } from './redact-text.ts';

const REDACTED = '[redacted]';

/** Of the protocol, of sign-in forms, and of OAuth; each in small letters. */
const SECRET_PARAMETERS: ReadonlySet<string> = new Set(
  `user_api_key api_key key secret secret_key payload onetimepassword nonce token access_token refresh_token code
   device_code user_code request approval_token authenticity_token csrf_token password`.split(/\s+/),
);

/** An address within an address within an address is looked into; anything deeper is taken out whole. */
const MAX_DEPTH = 3;

/**
 * An address as it may stand in a log, an error report or a metric: no key, payload, nonce, one-time password, token or
 * code is in it, wherever it was put. Parameters that carry secrets lose their values; what only looks like a secret
 * is taken out of every other value, and out of the path from there to its end; the token of a sign-in link, a user
 * name with a password, and the fragment go too. Addresses within values (`return_to`) are treated alike.
 * Never throws. For `Referer` headers as well (PROTOCOL.md section 10).
 *
 * @param url absolute, or a path with its query, as it came
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
  const [ipAddress = ''] = url.split('#', 1);
  const [path, query] = cut(ipAddress, '?');
  return redactPath(path) + (query === null ? '' : `?${redactQuery(query, depth)}`);
}

function redactPath(text: string): string {
  const [, origin = '', path = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*)?(.*)$/is.exec(text) ?? [];
  const host = origin.replace(/\/\/.*@/s, '//');
  // Base64 has slashes of its own, which cut a payload into pieces that look like nothing.
  if (SEALED.test(decode(path))) return `${host}/${REDACTED}`;
  const segments = path.split('/');
  const first = segments.findIndex(
    (segment, i) => isSignInLink(segments[i - 2], segments[i - 1]) || looksLikeSecret(decode(segment)),
  );
  return host + (first < 0 ? path : [...segments.slice(0, first), REDACTED].join('/'));
}

/** `/session/otp/:token`: whatever the token looks like. */
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
  // An address of its own, perhaps.
  if (depth === 0) return REDACTED;
  const inner = redact(text, depth - 1);
  if (looksLikeSecret(inner)) return REDACTED;
  return inner === text ? value : encodeURIComponent(inner).replaceAll('%5Bredacted%5D', REDACTED);
}

/** Before and after the first `separator`; null if there is none. */
function cut(text: string, separator: string): [string, string | null] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

/** Byte by byte: what is no UTF-8 is decoded as well, and nothing throws. A plus stays one, as base64 has it. */
function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
