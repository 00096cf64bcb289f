import type { AuditEventFactory } from '../core/audit/audit-event.ts';

/**
 * How a site knows an OAuth client: an admin registered it, it registered itself (RFC 7591), or its id is the URL of
 * its metadata. A `document` client is stored to list and to block it; its metadata is read from its URL.
 */
export type OauthClientKind = 'registered' | 'dynamic' | 'document';

/** A stored OAuth client (PROTOCOL.md#oauth-clients). Times are milliseconds since 1970. */
export interface StoredOauthClient {
  readonly clientId: string;
  readonly kind: OauthClientKind;
  readonly name: string;
  /** Compared exactly, except for the port of loopback redirects. Empty for `document`. */
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** SHA-256 of the secret; null for a public client. */
  readonly secretHash: string | null;
  /** Whether a code needs a PKCE challenge. Always true for public clients. */
  readonly requiresPkce: boolean;
  readonly createdAt: number;
  /** The admin who registered it; null for the other kinds. */
  readonly createdBy: string | null;
  /** The IP address that registered it; empty for `document`. */
  readonly createdFrom: string;
  readonly blockedAt: number | null;
}

/** A position in the list of clients, newest first. */
export type OauthClientCursor = Pick<StoredOauthClient, 'createdAt' | 'clientId'>;

/** Stores OAuth clients. Part of `Store`; the guarantees there apply. */
export interface OauthClientStore {
  findOauthClient(clientId: string): Promise<StoredOauthClient | null>;
  /**
   * Stores a client. Changes nothing if its id exists, or if its IP address has stored `max` dynamic clients since
   * `since`. Concurrent calls never exceed `max`.
   *
   * @param limit null for no limit
   */
  saveOauthClient(
    client: StoredOauthClient,
    limit: { readonly max: number; readonly since: number } | null,
    audit?: AuditEventFactory<StoredOauthClient>,
  ): Promise<'saved' | 'exists' | 'too_many'>;
  /** Blocks a client, or unblocks it with null. Returns null if it is unknown. */
  setOauthClientBlocked(
    clientId: string,
    blockedAt: number | null,
    audit?: AuditEventFactory<StoredOauthClient>,
  ): Promise<StoredOauthClient | null>;
  /** Deletes a client. Returns null if there is none. Its grants stay. */
  deleteOauthClient(
    clientId: string,
    audit?: AuditEventFactory<StoredOauthClient>,
  ): Promise<StoredOauthClient | null>;
  /** Returns one page, newest first; clients of the same time by descending id. */
  listOauthClients(page: {
    readonly after: OauthClientCursor | null;
    readonly limit: number;
  }): Promise<StoredOauthClient[]>;
  /** Returns the number of grants that are neither revoked nor expired, by client id. Omits ids without such grants. */
  countOauthGrants(clientIds: readonly string[], now: number): Promise<ReadonlyMap<string, number>>;
  /** Deletes dynamic clients that were stored before this time and have no grant. */
  deleteUnusedOauthClients(before: number): Promise<void>;
}
