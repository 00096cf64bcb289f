import type { RedirectPattern } from '@valetkey/protocol';
import { findExactRedirectPattern } from '../settings/exact-redirect-pattern.ts';
import { decideReach } from './redirect-reach.ts';

const MAX_PATTERNS = 5;

/**
 * Returns narrower patterns that the apps in use need: their own redirects in place of a pattern that allows more. Without apps,
 * returns what a general rule can say: https, or a loopback IP address. Empty if the pattern is narrow.
 *
 * @param redirects those of the apps that use the pattern, without query
 */
export function suggestSaferPatterns(pattern: RedirectPattern, redirects: readonly string[]): string[] {
  const reach = decideReach(pattern);
  const { parts, text } = pattern;
  if (reach === 'device') return [];
  if (reach === 'computer')
    return parts?.host === 'localhost' ? [text.replace('//localhost', '//127.0.0.1')] : [];
  if (reach === 'page' || (reach === 'path' && redirects.length === 0)) {
    return parts?.scheme === 'http' ? [text.replace(/^http:/i, 'https:')] : [];
  }
  const exact = redirects.flatMap((redirect) => findExactRedirectPattern(redirect) ?? []);
  return [...new Set(exact)].filter((each) => each !== text).slice(0, MAX_PATTERNS);
}
