import type { RedirectPattern } from '@valetkey/protocol';

/** How far a pattern opens the site to receivers of keys, from the narrowest to the widest. */
export const REACHES = ['device', 'computer', 'page', 'path', 'site', 'subdomains', 'everything'] as const;

/** One of them. */
export type RedirectReach = (typeof REACHES)[number];

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Returns how far a pattern opens the site. */
export function decideReach({ parts, isSubdomainOnly }: RedirectPattern): RedirectReach {
  if (parts === null) return 'everything';
  const { scheme, host, path } = parts;
  if (scheme !== 'http' && scheme !== 'https') return 'device';
  if (LOOPBACK.includes(host)) return 'computer';
  if (isSubdomainOnly) return 'subdomains';
  // An asterisk within the query of one page adds no other page.
  const page = path.split('?')[0] ?? '';
  if (page.startsWith('/*')) return 'site';
  return page.includes('*') ? 'path' : 'page';
}
