import type { GatewayConfig } from '../config/gateway-config.ts';
import type { SharedParts } from '../runtime/shared-parts.ts';
import { type AccountSource, type Accounts, toSiteUser } from './accounts.ts';
import { createAskAccounts } from './ask-accounts.ts';
import { createHeaderAccounts } from './header-accounts.ts';
import { createEndedSessions } from './oidc/ended-sessions.ts';
import { createOidcAccounts } from './oidc/oidc-accounts.ts';
import type { UserDirectory } from './user-directory.ts';

type AccountsParts = Pick<
  SharedParts,
  'accountsDispatcher' | 'database' | 'directory' | 'reportError' | 'now'
> & { readonly secret: string };

/** Creates the source of accounts that the configuration names. */
export function createAccounts({ accounts, baseUrl }: GatewayConfig, parts: AccountsParts): Accounts {
  const { directory, database, now } = parts;
  if (accounts.kind === 'ask')
    return saveEach(createAskAccounts(accounts, parts.accountsDispatcher), directory);
  if (accounts.kind === 'header') return saveEach(createHeaderAccounts(accounts), directory);
  const endedSessions = createEndedSessions(database, now);
  return createOidcAccounts({ ...parts, config: accounts, baseUrl, endedSessions });
}

/** Stores the account, because requests with a key need its user later. */
const saveEach = (source: AccountSource, directory: Pick<UserDirectory, 'save'>): Accounts => ({
  ...source,
  async find(request) {
    const account = await source.find(request);
    if (account === null) return null;
    await directory.save(account);
    return { user: toSiteUser(account) };
  },
});
