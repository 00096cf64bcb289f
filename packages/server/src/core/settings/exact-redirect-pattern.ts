import { InvalidValue } from '../reason.ts';
import { settingTable } from './setting-table.ts';

/**
 * Returns the item of `allowed_user_api_auth_redirects` that allows exactly this redirect; null if there is none. In a
 * list, `*` is a wildcard and `|` separates items, so a registered redirect that contains them could add more than it
 * shows. A loopback redirect without a port allows every port, as every loopback pattern does.
 *
 * @param authRedirect accepted by `parseRedirect`
 */
export function findExactRedirectPattern(authRedirect: string): string | null {
  if (authRedirect.includes('*')) return null;
  try {
    const items = settingTable.allowed_user_api_auth_redirects.kind.parse(authRedirect);
    return items.length === 1 && items[0] === authRedirect ? authRedirect : null;
  } catch (error) {
    if (error instanceof InvalidValue) return null;
    throw error;
  }
}
