import { parseRedirect, type Redirect } from './redirect.ts';
import { ValetkeyError } from './valetkey-error.ts';

/** One entry of `allowed_user_api_auth_redirects`, taken apart. */
export type RedirectPattern =
  | { readonly kind: 'any' }
  | {
      readonly kind: 'parts';
      readonly scheme: string;
      /** The host itself, or, with `isSubdomain`, what it must end in. */
      readonly host: string;
      readonly isSubdomain: boolean;
      readonly port: string;
      /** `http://127.0.0.1/…` and `http://[::1]/…` without a port: any port (RFC 8252, section 7.3). */
      readonly isAnyPort: boolean;
      readonly path: string;
      readonly fragment: string;
    };

/**
 * Patterns separated by `|`, as the setting holds them.
 *
 * @throws ValetkeyError `redirect_pattern_invalid` with `reason`, a sentence
 */
export function parseRedirectPatterns(setting: string): RedirectPattern[] {
  const items = setting.split('|').map((item) => item.trim());
  return items.filter((item) => item !== '').map(parsePattern);
}

function parsePattern(pattern: string): RedirectPattern {
  if (pattern === '*') return { kind: 'any' };
  const refuse = (reason: string) => new ValetkeyError('redirect_pattern_invalid', { reason });
  const [, scheme, isWild, rest] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(\*\.)?(.*)$/.exec(pattern) ?? [];
  if (scheme === undefined || rest === undefined) {
    throw refuse('a pattern needs a scheme and a host, such as https://app.example/callback.');
  }
  if (/^[^/?#]*\*/.test(rest)) {
    throw refuse(
      'in the host, * may stand only at its beginning, for subdomains, as in https://*.app.example/*.',
    );
  }
  // `*` is a plain character of a path to the URL parser, so the redirect's own rules hold for the pattern too.
  let parts: Redirect;
  try {
    parts = parseRedirect(`${scheme}://${rest}`);
  } catch {
    throw refuse('it has a scheme, host or path that a browser would refuse or spell differently.');
  }
  const isLoopback = parts.host === '127.0.0.1' || parts.host === '[::1]';
  return {
    kind: 'parts',
    scheme: parts.scheme,
    host: isWild ? `.${parts.host}` : parts.host,
    isSubdomain: Boolean(isWild),
    port: parts.port,
    isAnyPort:
      parts.scheme === 'http' &&
      isLoopback &&
      !isWild &&
      !/^[^/?#]*:\d+(?:[/?#]|$)/.test(rest.replace('[::1]', '')),
    path: parts.path,
    fragment: parts.fragment,
  };
}

/** Whether one of the patterns allows this redirect, compared part by part (PROTOCOL.md section 4). */
export function isRedirectAllowed(redirect: Redirect, patterns: readonly RedirectPattern[]): boolean {
  return patterns.some((pattern) => pattern.kind === 'any' || matches(redirect, pattern));
}

function matches(redirect: Redirect, pattern: Extract<RedirectPattern, { kind: 'parts' }>): boolean {
  const isHost = pattern.isSubdomain
    ? redirect.host.endsWith(pattern.host) && redirect.host.length > pattern.host.length
    : redirect.host === pattern.host;
  return (
    redirect.scheme === pattern.scheme &&
    isHost &&
    (pattern.isAnyPort || redirect.port === pattern.port) &&
    isGlobMatch(pattern.path, redirect.path) &&
    isGlobMatch(pattern.fragment, redirect.fragment)
  );
}

/** `*` is any run of characters. Goes back to the last `*` only, so no text takes longer than pattern × text. */
function isGlobMatch(pattern: string, text: string): boolean {
  let inPattern = 0;
  let inText = 0;
  let star = -1;
  let resumeAt = 0;
  while (inText < text.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern;
      inPattern += 1;
      resumeAt = inText;
    } else if (pattern[inPattern] === text[inText]) {
      inPattern += 1;
      inText += 1;
    } else if (star >= 0) {
      inPattern = star + 1;
      resumeAt += 1;
      inText = resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === '*') inPattern += 1;
  return inPattern === pattern.length;
}
