import type { OidcAccountsConfig } from '../../config/gateway-config.ts';
import type { Account } from '../accounts.ts';
import { parseAccount } from '../parse-account.ts';

/**
 * Returns the account of the claims about a user. Its id is the claim `sub`.
 *
 * @throws AccountsError that names the field
 */
export function parseOidcAccount(
  claims: Readonly<Record<string, unknown>>,
  { usernameClaim, groupsClaim, admin }: OidcAccountsConfig,
): Account {
  const groups = listOf(claims[groupsClaim]).filter((group) => typeof group === 'string');
  return parseAccount({
    id: claims.sub,
    username: claims[usernameClaim] ?? claims.sub,
    groups,
    admin: admin !== null && listOf(claims[admin.claim]).includes(admin.value),
  });
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
