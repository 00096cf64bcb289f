import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import type { KeyRecord, NewKey } from '../core/key/key-record.ts';
import type { NewOauthGrant, OauthGrant } from './oauth-grant-store.ts';

/** `pending` until a user decides. An approved or denied grant never changes its state again. */
export type GrantState = 'pending' | 'approved' | 'denied';

/**
 * A device authorization request (PROTOCOL.md#device-flow, RFC 8628). Codes and tokens are stored as SHA-256 only.
 */
export interface DeviceGrant {
  /** Identifies the grant. The device polls with this code. */
  readonly deviceCodeHash: string;
  /** The code that the user types, normalized before it is hashed. */
  readonly userCodeHash: string;
  /** The token of the link that shows the request. */
  readonly requestTokenHash: string;
  readonly clientId: string;
  readonly state: GrantState;
  /** The request as the caller serialized it. Contains nonce and public key; null once the grant is decided. */
  readonly request: string | null;
  /** The device's response after an approval; null before, and from `answerUntil` on. */
  readonly answer: string | null;
  readonly answerUntil: number | null;
  /** The user who typed the code. From then on, only this user can decide. */
  readonly userId: string | null;
  /** The token that this user decides with. */
  readonly approvalTokenHash: string | null;
  readonly createdAt: number;
  /** The IP address of the device. */
  readonly createdFrom: string;
  /** When the grant expires. An approval extends it to `answerUntil`, if that is later. */
  readonly expiresAt: number;
}

/** A grant before it is stored. */
export type NewGrant = Pick<
  DeviceGrant,
  | 'deviceCodeHash'
  | 'userCodeHash'
  | 'requestTokenHash'
  | 'clientId'
  | 'createdAt'
  | 'createdFrom'
  | 'expiresAt'
> & { readonly request: string };

/** The four secrets that identify a grant. */
export type GrantSecret = 'deviceCode' | 'userCode' | 'requestToken' | 'approvalToken';

/** The approval of a grant. */
export interface GrantApproval {
  readonly approvalTokenHash: string;
  readonly answer: string;
  readonly answerUntil: number;
  /** The `max` of `KeyStore.replaceKey`. @default no limit */
  readonly max?: number;
}

/**
 * Stores device grants. Part of `Store`; the guarantees there apply. Each transition is one compare-and-set, so that
 * only one of several concurrent calls succeeds. The results of the others show that they failed.
 */
export interface GrantStore {
  /**
   * Stores a grant, and deletes what `deleteExpiredGrants` deletes. Rejects, and stores nothing, if one of its codes is
   * in use.
   */
  saveGrant(grant: NewGrant): Promise<void>;
  /** Returns the grant if it is not expired at `now`. `answer` is null from `answerUntil` on. */
  findGrant(by: GrantSecret, hash: string, now: number): Promise<DeviceGrant | null>;
  /**
   * Binds a pending grant to this user and stores the token to decide with, which invalidates an earlier token. Returns
   * false if the grant is decided, expired, or bound to another user. If several users call it at once, the first one
   * is bound.
   */
  bindGrant(
    binding: { deviceCodeHash: string; userId: string; approvalTokenHash: string },
    now: number,
  ): Promise<boolean>;
  /**
   * Approves the pending grant of this token, deletes its request, stores the answer, and replaces the user's key as
   * `KeyStore.replaceKey` does: all of it or nothing. Returns null if no such grant is pending, or if it is bound to
   * another user than the key's. Only one of several concurrent approvals issues a key. If an approval and a denial are
   * concurrent, only one succeeds.
   *
   * @throws ValetkeyError `too_many_app_keys`, as `KeyStore.replaceKey` does; the grant stays pending
   */
  approveGrant(
    approval: GrantApproval,
    key: NewKey,
    now: number,
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<{ key: KeyRecord; replaced: readonly KeyRecord[] } | null>;
  /**
   * Approves the pending grant of this token, as `approveGrant` does, and stores an OAuth grant without tokens instead
   * of a key. Returns null in the same cases.
   *
   * @param approval `answer` returns the answer that is stored for the device
   */
  approveGrantForOauth(
    approval: Omit<GrantApproval, 'answer' | 'max'> & { readonly answer: (grant: OauthGrant) => string },
    grant: NewOauthGrant,
    audit?: AuditEventFactory<OauthGrant>,
  ): Promise<OauthGrant | null>;
  /** Lets the answer of this grant expire at `until`, if that is earlier than `answerUntil`. Never extends it. */
  shortenAnswer(deviceCodeHash: string, until: number): Promise<void>;
  /** Denies the pending grant of this token and deletes its request. Returns false if there is none. */
  denyGrant(approvalTokenHash: string, now: number, audit?: AuditEventFactory<void>): Promise<boolean>;
  /**
   * Deletes expired grants and expired answers. Afterwards, the files of the store contain neither the nonce of a
   * decided grant nor an expired answer. The jobs call it every five seconds.
   */
  deleteExpiredGrants(now: number): Promise<void>;
}
