import type { KeyRecord, NewKey } from '../core/key/key-record.ts';
import type { AuditEventFactory } from './audit-store.ts';

/** `pending` until a person decides; a grant that was approved or denied never changes its state again. */
export type GrantState = 'pending' | 'approved' | 'denied';

/** What a device has asked for, waiting for a person (PROTOCOL.md section 8). Codes and tokens are stored as SHA-256 only. */
export interface DeviceGrant {
  /** Whoever has the device code hears how it ends; it names the grant. */
  readonly deviceCodeHash: string;
  /** The code that the person types, hashed in its normal form. */
  readonly userCodeHash: string;
  /** The token of the link that shows what is asked. */
  readonly requestTokenHash: string;
  readonly clientId: string;
  readonly state: GrantState;
  /** What is asked for, as the caller wrote it down; nonce and public key are in it, so it is gone once decided. */
  readonly request: string | null;
  /** What the device is told after an approval; null before it, and from `answerUntil` on. */
  readonly answer: string | null;
  readonly answerUntil: number | null;
  /** The person who typed the code: nobody else can decide from then on. */
  readonly userId: string | null;
  /** What that person decides with. */
  readonly approvalTokenHash: string | null;
  readonly createdAt: number;
  /** The peer that asked. */
  readonly createdFrom: string;
  /** Until when it exists; an approval makes that `answerUntil`, if it is later. */
  readonly expiresAt: number;
}

/** What a grant is made of when a device asks. */
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

/** The four secrets that a grant can be found by. */
export type GrantSecret = 'deviceCode' | 'userCode' | 'requestToken' | 'approvalToken';

/** A person's yes. */
export interface GrantApproval {
  readonly approvalTokenHash: string;
  readonly answer: string;
  readonly answerUntil: number;
}

/**
 * Where device grants live: part of `Store`, atomic and durable like the rest of it. Each transition is one
 * compare-and-set, so that of any number who race, one gets its way and the others are told that they did not.
 */
export interface GrantStore {
  /** Stores it, and forgets what `sweepGrants` forgets. Rejects, and stores nothing, if one of its codes is in use. */
  saveGrant(grant: NewGrant): Promise<void>;
  /** The grant, if its time is not over at this moment; `answer` is null once `answerUntil` has come. */
  findGrant(by: GrantSecret, hash: string, now: number): Promise<DeviceGrant | null>;
  /**
   * Binds a pending grant to this person, and gives them a token to decide with; an earlier token of theirs is void.
   * False if it is decided, over, or bound to somebody else: of two people at once, the first has it.
   */
  bindGrant(
    binding: { deviceCodeHash: string; userId: string; approvalTokenHash: string },
    now: number,
  ): Promise<boolean>;
  /**
   * In one step: the pending grant of this token becomes approved, what was asked for is forgotten, the answer is there,
   * and the key replaces the earlier one as `Store.replaceKey` does; or nothing of it. Null if no such grant is pending, or it
   * is not bound to the key's user. Two approvals at once issue one key; of an approval and a denial, one happens.
   */
  approveGrant(
    approval: GrantApproval,
    key: NewKey,
    now: number,
    audit?: AuditEventFactory<KeyRecord>,
  ): Promise<{ key: KeyRecord; replaced: KeyRecord | null } | null>;
  /** The pending grant of this token becomes denied, and what was asked for is forgotten; false if there is none. */
  denyGrant(approvalTokenHash: string, now: number, audit?: AuditEventFactory<void>): Promise<boolean>;
  /** Forgets the answers and the grants whose time is over: nothing of them is left. */
  sweepGrants(now: number): Promise<void>;
}
