import type { ReasonCode } from '../errors/reasons.ts';
import { ValetkeyError } from '../errors/valetkey-error.ts';
import { matchesGlob } from './glob.ts';
import { parseRedirect, type Redirect } from './redirect.ts';

/** One entry of the setting `allowed_user_api_auth_redirects`. */
export interface RedirectPattern {
  /** As written by an admin. */
  readonly text: string;
  /** The parts to match; null for `*` alone, which allows every redirect that can be parsed. */
  readonly parts: Redirect | null;
  /** Whether the host must be a subdomain of `parts.host`, at any depth, instead of equal. */
  readonly isSubdomainOnly: boolean;
  /** Whether any port is allowed: an app that listens on loopback cannot choose its port (RFC 8252 section 7.3). */
  readonly isAnyPort: boolean;
}

/**
 * Parses the setting `allowed_user_api_auth_redirects` (PROTOCOL.md#redirect-patterns): patterns separated by `|`.
 *
 * @throws {ValetkeyError} `redirect_pattern_invalid` with the pattern and a reason, for the settings page
 * @example parseRedirectPatterns('discourse://auth_redirect|https://*.example.com/cb*').length // 2
 */
export function parseRedirectPatterns(setting: string): RedirectPattern[] {
  const texts = setting.split('|').map((text) => text.trim());
  return texts.filter((text) => text !== '').map(parsePattern);
}

/**
 * Returns whether a pattern allows the redirect. Scheme, host and port must match; a pattern can allow every port of a
 * loopback address, and every subdomain by `*.`. In path, query and fragment, `*` matches any characters. Takes linear
 * time for every pattern.
 */
export function isRedirectAllowed(redirect: Redirect, patterns: readonly RedirectPattern[]): boolean {
  return patterns.some((pattern) => matches(redirect, pattern));
}

function matches(redirect: Redirect, { parts, isSubdomainOnly, isAnyPort }: RedirectPattern): boolean {
  if (parts === null) return true;
  return (
    redirect.scheme === parts.scheme &&
    (isSubdomainOnly ? redirect.host.endsWith(`.${parts.host}`) : redirect.host === parts.host) &&
    (isAnyPort || redirect.port === parts.port) &&
    matchesGlob(redirect.path, parts.path) &&
    matchesGlob(redirect.fragment, parts.fragment)
  );
}

function parsePattern(text: string): RedirectPattern {
  if (text === '*') return { text, parts: null, isSubdomainOnly: false, isAnyPort: false };
  const [, scheme = '', host = ''] = /^([^:]*):\/\/([^/?#]*)/.exec(text) ?? [];
  if (scheme.includes('*')) throw refusal(text, 'wildcard_in_scheme');
  const isSubdomainOnly = host.startsWith('*.');
  if ((isSubdomainOnly ? host.slice(2) : host).includes('*')) {
    throw refusal(text, 'wildcard_in_host');
  }
  const parts = parseParts(text, isSubdomainOnly ? text.replace('://*.', '://') : text);
  if (isSubdomainOnly && !/[^.]\.[a-z0-9-]*[a-z]/.test(parts.host)) {
    throw refusal(text, 'domain_too_short');
  }
  const isAnyPort = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)$/i.test(`${parts.scheme}://${host}`);
  return { text, parts, isSubdomainOnly, isAnyPort };
}

function parseParts(pattern: string, text: string): Redirect {
  try {
    return parseRedirect(text);
  } catch (error) {
    if (!(error instanceof ValetkeyError)) throw error;
    throw new ValetkeyError('redirect_pattern_invalid', {
      reason: 'no_scheme_or_host',
      ...error.details,
      pattern,
    });
  }
}

function refusal(pattern: string, reason: ReasonCode): ValetkeyError {
  return new ValetkeyError('redirect_pattern_invalid', { pattern, reason });
}
