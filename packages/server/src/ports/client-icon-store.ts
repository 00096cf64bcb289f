import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import type { Icon } from '../core/icons/parse-icon.ts';

/** The client that an icon belongs to: `app` for a `RegisteredClient`, `oauth` for a `StoredOauthClient`. */
export interface IconOwner {
  readonly kind: 'app' | 'oauth';
  readonly clientId: string;
}

/** Which icon a client has, and which registration has it. */
export interface ClientIcon extends IconOwner {
  /** The hash of the `Icon`. */
  readonly hash: string;
  /** `createdAt` of the client. An id can be registered again after its deletion. */
  readonly registeredAt: number;
  /** Whether an OAuth client has a secret. False for other clients. */
  readonly hasSecret: boolean;
}

/** Stores the icons that admins give to clients (PROTOCOL.md#icons). Part of `Store`; the guarantees there apply. */
export interface ClientIconStore {
  /**
   * Gives a client this icon, in place of an earlier one. Returns false if there is no such client, or if no admin has
   * registered the OAuth client. The icon is deleted with its client, in the same transaction.
   */
  saveClientIcon(owner: IconOwner, icon: Icon, audit?: AuditEventFactory<IconOwner>): Promise<boolean>;
  /** Removes the icon of a client. Returns false if it has none. */
  deleteClientIcon(owner: IconOwner, audit?: AuditEventFactory<IconOwner>): Promise<boolean>;
  /** Returns the icons of these clients, in any order. Omits clients without an icon. */
  listClientIcons(kind: IconOwner['kind'], clientIds: readonly string[]): Promise<ClientIcon[]>;
  /** Returns the icon with this hash; null if no client has it. */
  findIcon(hash: string): Promise<Icon | null>;
}
