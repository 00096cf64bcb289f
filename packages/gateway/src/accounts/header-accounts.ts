import type { HeaderAccountsConfig } from '../config/gateway-config.ts';
import { createPeerTest } from '../config/parse-address.ts';
import { type AccountSource, fillLogin } from './accounts.ts';
import { parseAccount } from './parse-account.ts';

/** Reads the account from headers that a sign-in proxy sets. Headers of every other peer are ignored. */
export function createHeaderAccounts(config: HeaderAccountsConfig): AccountSource {
  const isTrusted = createPeerTest(config.from);
  return {
    loginUrl: (returnTo) => fillLogin(config.login, returnTo),
    async find({ socket, headers }) {
      if (!isTrusted(socket.remoteAddress)) return null;
      const read = (name: string | null) => (name === null ? undefined : headers[name.toLowerCase()]);
      const id = read(config.id);
      if (id === undefined || id === '') return null;
      const groups = String(read(config.groups) ?? '').split(/[,|]/);
      return parseAccount({
        id,
        username: read(config.username),
        groups: groups.map((group) => group.trim()).filter((group) => group !== ''),
        admin: read(config.admin) === 'true',
      });
    },
  };
}

/** Returns the lower-case names of the headers that only the sign-in proxy may set. */
export const accountHeaders = ({ id, username, groups, admin }: HeaderAccountsConfig): string[] =>
  [id, username, groups, admin].filter((name) => name !== null).map((name) => name.toLowerCase());
