import { isActive } from '../../core/key/key-state.ts';
import type { OauthClientStore, StoredOauthClient } from '../../ports/oauth-client-store.ts';
import type { OauthGrant } from '../../ports/oauth-grant-store.ts';
import type { MemoryAudit } from './memory-audit.ts';
import type { MemoryClientIcons } from './memory-client-icons.ts';

const isAfter = (a: StoredOauthClient, b: Pick<StoredOauthClient, 'createdAt' | 'clientId'>): boolean =>
  a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.clientId < b.clientId);

/** The OAuth clients in memory. No method awaits, so each is atomic. */
export function createMemoryOauthClients(
  listGrants: () => OauthGrant[],
  { appendAudit }: Pick<MemoryAudit, 'appendAudit'>,
  icons: MemoryClientIcons,
): OauthClientStore {
  const clients = new Map<string, StoredOauthClient>();
  return {
    findOauthClient: async (clientId) => clients.get(clientId) ?? null,
    async saveOauthClient(client, limit, audit) {
      if (clients.has(client.clientId)) return 'exists';
      const fromSameAddress = [...clients.values()].filter(
        ({ kind, createdFrom, createdAt }) =>
          kind === 'dynamic' && createdFrom === client.createdFrom && createdAt >= (limit?.since ?? 0),
      );
      if (limit && fromSameAddress.length >= limit.max) return 'too_many';
      appendAudit(audit, [client]);
      clients.set(client.clientId, client);
      const { clientId, kind, createdAt: registeredAt, secretHash } = client;
      const hasSecret = secretHash !== null;
      if (kind === 'registered') icons.addClient({ kind: 'oauth', clientId }, { registeredAt, hasSecret });
      return 'saved';
    },
    async setOauthClientBlocked(clientId, blockedAt, audit) {
      const client = clients.get(clientId);
      if (!client) return null;
      const changed = { ...client, blockedAt };
      appendAudit(audit, [changed]);
      clients.set(clientId, changed);
      return changed;
    },
    async deleteOauthClient(clientId, audit) {
      const client = clients.get(clientId);
      if (!client) return null;
      appendAudit(audit, [client]);
      clients.delete(clientId);
      icons.removeClient({ kind: 'oauth', clientId });
      return client;
    },
    async listOauthClients({ after, limit }) {
      const sorted = [...clients.values()].sort((a, b) => (isAfter(a, b) ? 1 : -1));
      return sorted.filter((client) => after === null || isAfter(client, after)).slice(0, limit);
    },
    async countOauthGrants(clientIds, now) {
      const live = listGrants().filter((grant) => clientIds.includes(grant.clientId) && isActive(grant, now));
      const byClient = Map.groupBy(live, ({ clientId }) => clientId);
      return new Map([...byClient].map(([clientId, grants]) => [clientId, grants.length]));
    },
    async deleteUnusedOauthClients(before) {
      const used = new Set(listGrants().map(({ clientId }) => clientId));
      for (const { clientId, kind, createdAt, blockedAt } of clients.values()) {
        const isUnused =
          kind === 'dynamic' && createdAt < before && blockedAt === null && !used.has(clientId);
        if (isUnused) clients.delete(clientId);
      }
    },
  };
}
