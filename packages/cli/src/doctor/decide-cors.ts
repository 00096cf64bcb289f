import type { ResponseSnapshot } from '../site/response-snapshot.ts';
import { type Finding, finding } from './finding.ts';

const NEEDED = ['user-api-key', 'user-api-client-id'];

/**
 * Decides whether a page of `origin` may use the site with a key.
 *
 * @param preflight the response to the preflight request
 * @param refusal an error response, whose reason should be readable too
 */
export function decideCors(
  origin: string,
  preflight: ResponseSnapshot,
  refusal: ResponseSnapshot,
): Finding[] {
  if (!isOpenTo(origin, preflight))
    return [
      finding('cors_refused', `Pages of ${origin} must not use the site (${describeOrigin(preflight)}).`),
    ];
  const allowed = listOf(preflight, 'access-control-allow-headers');
  const missing = allowed.includes('*') ? [] : NEEDED.filter((name) => !allowed.includes(name));
  if (missing.length > 0)
    return [
      finding(
        'cors_without_key_header',
        `Pages of ${origin} may use the site, but must not send ${missing.join(' and ')}.`,
      ),
    ];
  const open = [
    finding('cors_allowed', `Pages of ${origin} may use the site with a key.`),
    ...(allowed.includes('api-key')
      ? [finding('cors_allows_admin_keys', 'Pages may also send an Api-Key.')]
      : []),
  ];
  return isOpenTo(origin, refusal)
    ? open
    : [
        ...open,
        finding('cors_hides_refusals', `Pages cannot read the reason of a refusal (${refusal.status}).`),
      ];
}

const isOpenTo = (origin: string, { headers }: ResponseSnapshot): boolean =>
  ['*', origin].includes(headers.get('access-control-allow-origin') ?? '');

const listOf = ({ headers }: ResponseSnapshot, name: string): string[] =>
  (headers.get(name) ?? '').split(',').map((each) => each.trim().toLowerCase());

const describeOrigin = ({ status, headers }: ResponseSnapshot): string =>
  `${status}, Access-Control-Allow-Origin: ${headers.get('access-control-allow-origin') ?? 'none'}`;
