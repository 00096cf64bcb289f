import type { Icon } from '../../core/icons/parse-icon.ts';
import type { ClientIcon, ClientIconStore, IconOwner } from '../../ports/client-icon-store.ts';
import type { MemoryAudit } from './memory-audit.ts';

type Registration = Pick<ClientIcon, 'registeredAt' | 'hasSecret'>;

/** The icons, and the clients that can have one. */
export interface MemoryClientIcons {
  readonly store: ClientIconStore;
  /** Lets a new client have an icon. */
  addClient(owner: IconOwner, registration: Registration): void;
  /** Deletes the icon of a deleted client. */
  removeClient(owner: IconOwner): void;
}

const keyOf = ({ kind, clientId }: IconOwner): string => `${kind} ${clientId}`;

/** The icons of clients in memory. No method awaits, so each is atomic. */
export function createMemoryClientIcons({
  appendAudit,
}: Pick<MemoryAudit, 'appendAudit'>): MemoryClientIcons {
  const clients = new Map<string, Registration & { icon: Icon | null }>();
  return {
    addClient: (owner, registration) => void clients.set(keyOf(owner), { ...registration, icon: null }),
    removeClient: (owner) => void clients.delete(keyOf(owner)),
    store: {
      async saveClientIcon(owner, icon, audit) {
        const client = clients.get(keyOf(owner));
        if (!client) return false;
        appendAudit(audit, [owner]);
        client.icon = icon;
        return true;
      },
      async deleteClientIcon(owner, audit) {
        const client = clients.get(keyOf(owner));
        if (!client?.icon) return false;
        appendAudit(audit, [owner]);
        client.icon = null;
        return true;
      },
      async listClientIcons(kind, clientIds) {
        return [...new Set(clientIds)].flatMap((clientId) => {
          const client = clients.get(keyOf({ kind, clientId }));
          if (!client?.icon) return [];
          const { icon, registeredAt, hasSecret } = client;
          return [{ kind, clientId, hash: icon.hash, registeredAt, hasSecret }];
        });
      },
      async findIcon(hash) {
        for (const { icon } of clients.values()) if (icon?.hash === hash) return icon;
        return null;
      },
    },
  };
}
