import type { KeyRecord } from './key-record.ts';
import { isActive } from './key-state.ts';

/** The end of a grant. Times are milliseconds since 1970. */
type GrantEnd = Pick<KeyRecord, 'revokedAt' | 'expiresAt'>;

/** What happens to a refresh token and its grant. */
export type RefreshDecision<Grant> =
  /** The token is marked as used, and the next pair of tokens is stored. */
  | { readonly kind: 'refresh'; readonly grant: Grant }
  /** The token is used again after the grace period, so it may be in the wrong hands: its grant ends. */
  | { readonly kind: 'revoke_grant'; readonly grant: Grant }
  /** The token is unknown, or its grant is revoked or expired: nothing changes. */
  | { readonly kind: 'refuse' };

/**
 * Decides about a refresh token by its grant and its first use (RFC 9700 section 4.14.2). A token that was used no longer
 * than `graceMs` ago is accepted again, for concurrent requests and lost responses. Stores call this function in the
 * transaction of the refresh. The caller of the store compares the client.
 *
 * @param token null if it is unknown; `usedAt` is the time of its first use, null if it is unused
 */
export function decideRefresh<Grant extends GrantEnd>(
  token: { readonly grant: Grant; readonly usedAt: number | null } | null,
  now: number,
  graceMs: number,
): RefreshDecision<Grant> {
  if (token === null || !isActive(token.grant, now)) return { kind: 'refuse' };
  const { grant, usedAt } = token;
  const isReuse = usedAt !== null && now - usedAt > graceMs;
  return { kind: isReuse ? 'revoke_grant' : 'refresh', grant };
}
