import type { KeyRecord } from '../../core/key/key-record.ts';
import { isActive } from '../../core/key/key-state.ts';
import type { ClientCursor, ClientStore, RegisteredClient } from '../../ports/client-store.ts';
import type { MemoryAudit } from './memory-audit.ts';
import type { MemoryClientIcons } from './memory-client-icons.ts';

/**
 * The registered clients in memory. No method awaits, so each is atomic.
 *
 * @param listKeys returns all keys
 */
export function createMemoryClients(
  listKeys: () => Iterable<KeyRecord>,
  { appendAudit }: Pick<MemoryAudit, 'appendAudit'>,
  icons: MemoryClientIcons,
): ClientStore {
  const clients = new Map<string, RegisteredClient>();

  return {
    async findClient(clientId) {
      return clients.get(clientId) ?? null;
    },
    async findClientByPublicKey(publicKey) {
      const [earliest = null] = [...clients.values()]
        .filter((client) => client.publicKey === publicKey)
        .toSorted((one, other) => one.createdAt - other.createdAt);
      return earliest;
    },
    async registerClient(client, limit, audit) {
      if (clients.has(client.clientId)) return 'already_registered';
      const isRecent = (other: RegisteredClient) =>
        other.createdFrom === client.createdFrom && other.createdAt > (limit?.since ?? 0);
      if (limit && [...clients.values()].filter(isRecent).length >= limit.max) return 'too_many';
      appendAudit(audit, [client]);
      clients.set(client.clientId, client);
      const { clientId, createdAt: registeredAt } = client;
      icons.addClient({ kind: 'app', clientId }, { registeredAt, hasSecret: false });
      return 'registered';
    },
    async listClients({ after, limit }) {
      return [...clients.values()]
        .filter((client) => after === null || isNewer(after, client))
        .sort((a, b) => (isNewer(a, b) ? -1 : 1))
        .slice(0, limit);
    },
    async deleteClient(clientId, audit) {
      const client = clients.get(clientId);
      if (!client) return null;
      appendAudit(audit, [client]);
      clients.delete(clientId);
      icons.removeClient({ kind: 'app', clientId });
      return client;
    },
    async countActiveKeys(clientIds, now) {
      const asked = new Set(clientIds);
      const counts = new Map<string, number>();
      for (const key of listKeys()) {
        if (key.kind !== 'app' || !asked.has(key.clientId) || !isActive(key, now)) continue;
        counts.set(key.clientId, (counts.get(key.clientId) ?? 0) + 1);
      }
      return counts;
    },
  };
}

const isNewer = (a: ClientCursor, b: ClientCursor): boolean =>
  a.createdAt === b.createdAt ? a.clientId > b.clientId : a.createdAt > b.createdAt;
