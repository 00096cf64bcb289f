import type { Glimpse } from '../site/glimpse.ts';
import { type Finding, finding } from './finding.ts';

const NEEDED = ['user-api-key', 'user-api-client-id'];

/**
 * Whether a page of `origin` may use the site with a key.
 *
 * @param preflight the answer to what a browser asks first
 * @param refusal an answer that refuses: its reason should be readable too
 */
export function decideCors(origin: string, preflight: Glimpse, refusal: Glimpse): Finding[] {
  if (!isOpenTo(origin, preflight))
    return [finding('cors_refused', `Pages of ${origin} may not use the site (${sayOrigin(preflight)}).`)];
  const allowed = listOf(preflight, 'access-control-allow-headers');
  const missing = allowed.includes('*') ? [] : NEEDED.filter((name) => !allowed.includes(name));
  if (missing.length > 0)
    return [
      finding(
        'cors_without_key_header',
        `Pages of ${origin} may use the site, but not send ${missing.join(' and ')}.`,
      ),
    ];
  const open = [
    finding('cors_allowed', `Pages of ${origin} may use the site with a key.`),
    ...(allowed.includes('api-key')
      ? [finding('cors_allows_admin_keys', 'They may even send an Api-Key.')]
      : []),
  ];
  return isOpenTo(origin, refusal)
    ? open
    : [
        ...open,
        finding('cors_hides_refusals', `They may not read why they are refused (${refusal.status}).`),
      ];
}

const isOpenTo = (origin: string, { headers }: Glimpse): boolean =>
  ['*', origin].includes(headers.get('access-control-allow-origin') ?? '');

const listOf = ({ headers }: Glimpse, name: string): string[] =>
  (headers.get(name) ?? '').split(',').map((each) => each.trim().toLowerCase());

const sayOrigin = ({ status, headers }: Glimpse): string =>
  `${status}, Access-Control-Allow-Origin: ${headers.get('access-control-allow-origin') ?? 'none'}`;
