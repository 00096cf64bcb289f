import type { OneTimePassword, OneTimePasswordStore } from '../../ports/one-time-password-store.ts';
import type { SettingStore } from '../../ports/setting-store.ts';
import type { Store } from '../../ports/store.ts';
import { createMemoryAdminKeys } from './memory-admin-keys.ts';
import { createMemoryAppBlocks } from './memory-app-blocks.ts';
import { createMemoryAudit, type MemoryAudit } from './memory-audit.ts';
import { createMemoryClientIcons } from './memory-client-icons.ts';
import { createMemoryClients } from './memory-clients.ts';
import { createMemoryGrants } from './memory-grants.ts';
import { createMemoryKeyTable } from './memory-key-table.ts';
import { createMemoryKeyUses } from './memory-key-uses.ts';
import { createMemoryKeys, replaceMemoryKey } from './memory-keys.ts';
import { createMemoryOauthClients } from './memory-oauth-clients.ts';
import { createMemoryOauthGrantSearch } from './memory-oauth-grant-search.ts';
import { createMemoryOauthGrants } from './memory-oauth-grants.ts';
import { createMemoryPersonalKeys } from './memory-personal-keys.ts';
import { createMemoryPushes } from './memory-pushes.ts';
import { createMemorySigningKeys } from './memory-signing-keys.ts';

/**
 * Creates a store that loses everything when the process ends, for tests and experiments. No method awaits, so each
 * is atomic.
 */
export function createMemoryStore(): Store {
  const audits = createMemoryAudit();
  const keys = createMemoryKeyTable(audits);
  const oauthGrants = createMemoryOauthGrants(audits);
  const icons = createMemoryClientIcons(audits);
  return {
    ...createMemoryKeys(keys, audits),
    ...createMemoryKeyUses(),
    ...createMemoryPersonalKeys(keys),
    ...createMemoryAdminKeys(audits),
    ...createMemoryAppBlocks(keys.list, oauthGrants.list, audits),
    ...audits.store,
    ...createMemoryClients(keys.list, audits, icons),
    ...createMemoryGrants((...replacing) => replaceMemoryKey(keys, ...replacing), oauthGrants.insert, audits),
    ...createMemoryOneTimePasswords(audits),
    ...oauthGrants.store,
    ...createMemoryOauthGrantSearch(oauthGrants.list),
    ...createMemoryOauthClients(oauthGrants.list, audits, icons),
    ...icons.store,
    ...createMemorySigningKeys(),
    ...createMemoryPushes(),
    ...createMemorySettings(audits),
    async close() {},
  };
}

function createMemoryOneTimePasswords({
  appendAudit,
}: Pick<MemoryAudit, 'appendAudit'>): OneTimePasswordStore {
  const passwords = new Map<string, OneTimePassword>();
  return {
    async saveOneTimePassword(password, now, audit) {
      appendAudit(audit, [password]);
      for (const [hash, { expiresAt }] of passwords) if (expiresAt <= now) passwords.delete(hash);
      passwords.set(password.passwordHash, password);
    },
    async findOneTimePassword(passwordHash, now) {
      const password = passwords.get(passwordHash);
      return password && password.expiresAt > now ? password : null;
    },
    async consumeOneTimePassword(passwordHash, now, audit) {
      const password = passwords.get(passwordHash);
      if (!password || password.expiresAt <= now) return null;
      appendAudit(audit, [password]);
      passwords.delete(passwordHash);
      return password;
    },
  };
}

function createMemorySettings({ appendAudit }: Pick<MemoryAudit, 'appendAudit'>): SettingStore {
  const settings = new Map<string, string>();
  return {
    async listSettings() {
      return new Map(settings);
    },
    async saveSettings(values, audit) {
      appendAudit(audit, [...values.keys()]);
      for (const [name, value] of values) settings.set(name, value);
    },
    async saveSettingIfAbsent(name, value) {
      const first = settings.get(name) ?? value;
      settings.set(name, first);
      return first;
    },
  };
}
