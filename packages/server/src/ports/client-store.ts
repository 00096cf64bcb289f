import type { AuditEventFactory } from './audit-store.ts';

/** An app that registered itself once for all its users (PROTOCOL.md sections 4 and 9). */
export interface RegisteredClient {
  readonly clientId: string;
  readonly applicationName: string;
  readonly publicKey: string;
  readonly authRedirect: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  /** The address that it registered itself from; each may register a few a day. */
  readonly createdFrom: string;
}

/** A place in the list of clients, newest first. It stays where it is when clients come and go. */
export type ClientCursor = Pick<RegisteredClient, 'createdAt' | 'clientId'>;

/** Where registered clients live (PROTOCOL.md section 9): part of `Store`, atomic and durable like the rest of it. */
export interface ClientStore {
  findClient(clientId: string): Promise<RegisteredClient | null>;
  /** @param publicKey SPKI PEM in its canonical form, as clients are stored with */
  findClientByPublicKey(publicKey: string): Promise<RegisteredClient | null>;
  /**
   * Stores a client, unless its id is taken (the first one stays as it is) or its address has registered `max` of them
   * since `since`. Of any number at once from one address, no more than `max` come through.
   *
   * @param limit null for an address that may register as many as it likes
   */
  registerClient(
    client: RegisteredClient,
    limit: { max: number; since: number } | null,
    audit?: AuditEventFactory<RegisteredClient>,
  ): Promise<'registered' | 'already_registered' | 'too_many'>;
  /** Newest first; of one moment, the greater id first. @param page `after` null for the newest page */
  listClients(page: { after: ClientCursor | null; limit: number }): Promise<RegisteredClient[]>;
  /**
   * Forgets a client, and answers what it was; null if there is none: of two at once, one is answered. Keys of its users
   * stay as they are.
   */
  deleteClient(
    clientId: string,
    audit?: AuditEventFactory<RegisteredClient>,
  ): Promise<RegisteredClient | null>;
  /** How many keys of apps work at this moment, by client id; ids without any are left out. One look, however many ids. */
  countLiveKeys(clientIds: readonly string[], now: number): Promise<ReadonlyMap<string, number>>;
}
