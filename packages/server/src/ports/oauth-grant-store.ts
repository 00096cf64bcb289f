import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import type { KeyRecord, RevocationReason } from '../core/key/key-record.ts';
import type { KeyLastUsed } from './key-store.ts';
import type { BatchEnd, RecordBatch, RecordPage } from './record-batch.ts';

/**
 * One approval of a user for an OAuth client (PROTOCOL.md#oauth-grants). Its tokens are short-lived; limits, last use
 * and revocation belong to the grant. A user may have several grants of one client, one for each device. Times are
 * milliseconds since 1970.
 */
export interface OauthGrant {
  readonly id: number;
  readonly userId: string;
  readonly clientId: string;
  /** The name of the client when it was approved. */
  readonly clientName: string;
  readonly scopes: readonly string[];
  /** The paths of the resources below the base URL that its tokens are valid for; `/` is the API. */
  readonly resources: readonly string[];
  /** Where the client received its code, without query; null for grants from before redirects were stored. */
  readonly authRedirect: string | null;
  readonly createdAt: number;
  /** When the grant expires, even if its tokens are refreshed; null for never. */
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly lastUsedIpAddress: string | null;
  readonly lastUsedUserAgent: string | null;
  readonly revokedAt: number | null;
  readonly revokedReason: RevocationReason | null;
}

/** A grant before it is stored. */
export type NewOauthGrant = Pick<
  OauthGrant,
  'userId' | 'clientId' | 'clientName' | 'scopes' | 'resources' | 'createdAt' | 'expiresAt'
> & {
  /** @default null */
  readonly authRedirect?: OauthGrant['authRedirect'];
};

/** The tokens of one response, as SHA-256. */
export interface NewOauthTokens {
  readonly accessTokenHash: string;
  readonly refreshTokenHash: string;
  /** The scopes and resources of the access token: those of the grant or fewer. */
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly createdAt: number;
  /** When the access token expires: no later than the grant. */
  readonly expiresAt: number;
}

/** An authorization code (RFC 6749 section 4.1). */
export interface AuthorizationCode {
  readonly codeHash: string;
  readonly clientId: string;
  readonly userId: string;
  /** The approved request as the caller serialized it; null once the code is used. */
  readonly request: string | null;
  readonly expiresAt: number;
  readonly usedAt: number | null;
  /** The grant that the code was exchanged for; null if it is unused, or was consumed without one. */
  readonly grantId: number | null;
}

/** A code before it is stored. */
export type NewAuthorizationCode = Pick<
  AuthorizationCode,
  'codeHash' | 'clientId' | 'userId' | 'expiresAt'
> & { readonly request: string };

/** A refresh token with its grant. */
export interface RefreshToken {
  readonly grant: OauthGrant;
  /** When it was first used; null if it is unused. */
  readonly usedAt: number | null;
}

/** A revoked grant, and the hashes of its access tokens that had not expired. */
export interface RevokedGrant {
  readonly grant: OauthGrant;
  readonly accessTokenHashes: readonly string[];
}

/** The result of a refresh: `replayed` means that the grant was revoked now. */
export type RefreshOutcome =
  | { readonly kind: 'refreshed'; readonly grant: OauthGrant }
  | ({ readonly kind: 'replayed' } & RevokedGrant)
  | { readonly kind: 'invalid' };

/**
 * Stores OAuth grants, codes and tokens. Part of `Store`; the guarantees there apply. Secrets are stored as SHA-256
 * only. Each transition is one compare-and-set, so that only one of several concurrent calls succeeds.
 */
export interface OauthGrantStore {
  /** @param audit describes the approval */
  saveAuthorizationCode(code: NewAuthorizationCode, audit?: AuditEventFactory<void>): Promise<void>;
  /** Returns the code, also if it is expired or used, until `deleteExpiredCodes` deletes it. */
  findAuthorizationCode(codeHash: string): Promise<AuthorizationCode | null>;
  /**
   * Uses the code, and stores the grant and its first tokens: all of it or nothing. Returns null if the code is used,
   * expired or unknown. Only one of several concurrent calls gets the grant.
   */
  redeemAuthorizationCode(
    codeHash: string,
    grant: NewOauthGrant,
    tokens: NewOauthTokens,
  ): Promise<OauthGrant | null>;
  /** Uses the code without a grant. Returns false if it is used, expired or unknown. */
  consumeAuthorizationCode(codeHash: string, now: number): Promise<boolean>;
  /** Stores a grant that was approved without a code, and its first tokens. */
  createOauthGrant(
    grant: NewOauthGrant,
    tokens: NewOauthTokens,
    audit?: AuditEventFactory<OauthGrant>,
  ): Promise<OauthGrant>;
  /** Returns the access token as a key of kind `oauth`, whose id is that of the grant; revoked if the grant is. */
  findOauthToken(accessTokenHash: string): Promise<KeyRecord | null>;
  findRefreshToken(refreshTokenHash: string): Promise<RefreshToken | null>;
  /**
   * Uses a refresh token as `decideRefresh` decides at `tokens.createdAt`: stores the next tokens of its grant, revokes
   * the grant, or changes nothing and returns `invalid`.
   *
   * @param audit describes the revocation of the grant
   */
  refreshOauthTokens(
    refreshTokenHash: string,
    tokens: NewOauthTokens,
    graceMs: number,
    audit?: AuditEventFactory<OauthGrant>,
  ): Promise<RefreshOutcome>;
  /**
   * Stores more tokens of a grant. Returns null, and stores nothing, if the grant is unknown, or revoked or expired at
   * `tokens.createdAt`.
   */
  addOauthTokens(grantId: number, tokens: NewOauthTokens): Promise<OauthGrant | null>;
  /** Revokes one access token. Returns false if it is unknown or revoked. */
  revokeOauthToken(accessTokenHash: string, revokedAt: number): Promise<boolean>;
  findOauthGrant(id: number): Promise<OauthGrant | null>;
  /** Returns one page of the grants of a user that are neither revoked nor expired at `now`, newest first. */
  listOauthGrants(userId: string, now: number, page?: RecordPage): Promise<OauthGrant[]>;
  /** Revokes a grant with all its tokens. Returns null if it does not exist or is revoked. */
  revokeOauthGrant(
    id: number,
    revoking: { readonly revokedAt: number; readonly reason: RevocationReason },
    audit?: AuditEventFactory<OauthGrant>,
  ): Promise<RevokedGrant | null>;
  /** Revokes all grants of a client, of all users. */
  revokeOauthGrantsOfClient(
    clientId: string,
    revoking: { readonly revokedAt: number; readonly reason: RevocationReason },
    audit?: AuditEventFactory<OauthGrant>,
  ): Promise<RevokedGrant[]>;
  /** Examines the next batch of grants and revokes those that are stale, as `KeyStore.revokeStaleKeys` does. */
  revokeStaleOauthGrants(
    stale: {
      readonly unusedSince: number | null;
      readonly approvedBefore: number | null;
      readonly revokedAt: number;
    } & RecordBatch,
    audit?: AuditEventFactory<OauthGrant>,
  ): Promise<{ revoked: RevokedGrant[] } & BatchEnd>;
  /**
   * Stores a batch of last uses by the ids of grants. Ignores unknown ids, and earlier uses as `KeyStore.recordKeysUsed` does.
   */
  recordOauthGrantsUsed(uses: readonly KeyLastUsed[]): Promise<void>;
  /** Deletes codes that expired before. A used code is kept until then, so that a second use is recognized. */
  deleteExpiredCodes(before: number): Promise<void>;
  /** Deletes records that ended before these times, in milliseconds since 1970. */
  deleteExpiredOauth(before: {
    /** Access tokens that expired before. */
    readonly accessTokens: number;
    /** Refresh tokens that were used before. After the deletion, a second use is no longer recognized. */
    readonly refreshTokens: number;
    /** Grants that were revoked or expired before, with their tokens. */
    readonly grants: number;
  }): Promise<void>;
}
