import type { AuditEventFactory } from '../core/audit/audit-event.ts';

/** A client that registered itself once for all its users (PROTOCOL.md#registered-clients). */
export interface RegisteredClient {
  readonly clientId: string;
  readonly applicationName: string;
  readonly publicKey: string;
  readonly authRedirect: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  /** The IP address that sent the registration. Each address can register a limited number of clients per day. */
  readonly createdFrom: string;
}

/** A position in the list of clients, newest first. It stays valid when clients are added or deleted. */
export type ClientCursor = Pick<RegisteredClient, 'createdAt' | 'clientId'>;

/** Stores registered clients (PROTOCOL.md#registered-clients). Part of `Store`; the guarantees there apply. */
export interface ClientStore {
  findClient(clientId: string): Promise<RegisteredClient | null>;
  /**
   * Returns the earliest client with this public key: a later one may be a copy, which would forbid the redirect of the first.
   *
   * @param publicKey SPKI PEM in its canonical form, as it is stored
   */
  findClientByPublicKey(publicKey: string): Promise<RegisteredClient | null>;
  /**
   * Stores a client. Changes nothing if its id exists, or if its IP address has registered `max` clients since `since`.
   * Concurrent calls never exceed `max`. A store locks the IP address before it counts, in PostgreSQL with
   * `pg_advisory_xact_lock(hashtext(created_from))`. Without the lock, concurrent transactions at READ COMMITTED count
   * the same rows.
   *
   * @param limit null for an IP address without a limit
   */
  registerClient(
    client: RegisteredClient,
    limit: { max: number; since: number } | null,
    audit?: AuditEventFactory<RegisteredClient>,
  ): Promise<'registered' | 'already_registered' | 'too_many'>;
  /**
   * Returns one page, newest first; clients of the same time by descending id.
   *
   * @param page `after` null for the newest page
   */
  listClients(page: { after: ClientCursor | null; limit: number }): Promise<RegisteredClient[]>;
  /**
   * Deletes a client and returns its record; null if there is none. Only one of several concurrent calls gets the
   * record. The keys of its users stay unchanged.
   */
  deleteClient(
    clientId: string,
    audit?: AuditEventFactory<RegisteredClient>,
  ): Promise<RegisteredClient | null>;
  /** Returns the number of active keys of kind `app` by client id, in one query. Omits ids without active keys. */
  countActiveKeys(clientIds: readonly string[], now: number): Promise<ReadonlyMap<string, number>>;
}
