import type { AdminKeyStore } from './admin-key-store.ts';
import type { AuditStore } from './audit-store.ts';
import type { GrantApproval, GrantStore } from './grant-store.ts';

/** Why a key is dead. `replaced` is for ever; the others can be undone (PROTOCOL.md section 6). */
export type RevocationReason = 'revoked' | 'replaced' | 'unused' | 'too_old';

/**
 * Where a key comes from: an app asked and a person approved; or the person made it in the pages, for a feed or for
 * themselves. Client ids of the three never meet, so no app can take the place of a feed.
 */
export type KeyKind = 'app' | 'feed' | 'personal';

/** A key as it is stored: never the key itself, only its SHA-256. Times are milliseconds since 1970. */
export interface KeyRecord {
  readonly id: number;
  /** SHA-256 of the key's text, 64 lower-case hex digits. */
  readonly keyHash: string;
  readonly userId: string;
  readonly kind: KeyKind;
  readonly clientId: string;
  readonly applicationName: string;
  readonly scopes: readonly string[];
  /** Flagged at creation: this key may travel in a URL, on its one route (PROTOCOL.md section 5). */
  readonly isUrlKey: boolean;
  readonly pushUrl: string | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly lastUsedAddress: string | null;
  readonly lastUsedAgent: string | null;
  readonly revokedAt: number | null;
  readonly revokedReason: RevocationReason | null;
}

/** What a key is made of before it is stored; the store gives it its id. */
export type NewKey = Pick<
  KeyRecord,
  | 'keyHash'
  | 'userId'
  | 'kind'
  | 'clientId'
  | 'applicationName'
  | 'scopes'
  | 'isUrlKey'
  | 'pushUrl'
  | 'createdAt'
  | 'expiresAt'
>;

/** One use of a key, for the last-used columns. */
export interface KeyTouch {
  readonly id: number;
  readonly usedAt: number;
  readonly address: string;
  readonly agent: string | null;
}

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

/** Signs a person in once (PROTOCOL.md section 7). */
export interface OneTimePassword {
  /** SHA-256 of the password's text, 64 lower-case hex digits. */
  readonly passwordHash: string;
  readonly userId: string;
  readonly expiresAt: number;
}

/** How an attempt to bring a key back ended. */
export type UndoOutcome = 'restored' | 'not_found' | 'not_revoked' | 'was_replaced';

/**
 * Where keys live. Each method is atomic: it happened whole or not at all, also across a crash, and what it
 * answered is durable. Every implementation passes `runStoreConformance` from `@valetkey/server/testing`.
 */
export interface Store extends AdminKeyStore, AuditStore, GrantStore {
  /**
   * The earlier unrevoked key of this user, kind and client dies (`replaced`) and the new one lives, or neither.
   * Two at once: both succeed one after the other, and exactly one of the keys is live afterwards.
   */
  replaceKey(key: NewKey): Promise<{ key: KeyRecord; replaced: KeyRecord | null }>;
  /**
   * In one step: the pending grant of this token becomes approved, what was asked for is forgotten, the answer is there,
   * and the key replaces the earlier one as `replaceKey` does; or nothing of it. Null if no such grant is pending, or it
   * is not bound to the key's user. Two approvals at once issue one key; of an approval and a denial, one happens.
   */
  approveGrant(
    approval: GrantApproval,
    key: NewKey,
    now: number,
  ): Promise<{ key: KeyRecord; replaced: KeyRecord | null } | null>;
  findKeyByHash(keyHash: string): Promise<KeyRecord | null>;
  findKey(id: number): Promise<KeyRecord | null>;
  /** The one key of this user, kind and client that is not revoked, expired or not. */
  findUnrevokedKey(userId: string, kind: KeyKind, clientId: string): Promise<KeyRecord | null>;
  /** All keys of a person, revoked ones too, newest first. */
  listKeys(userId: string): Promise<KeyRecord[]>;
  /** Answers the record as revoked, or null if there is no such key or it was revoked before: one caller wins. */
  revokeKey(id: number, revokedAt: number): Promise<KeyRecord | null>;
  /**
   * Revokes every key that was neither used nor approved since `unusedSince`, and every one approved before
   * `approvedBefore` (null: whatever its age). Of several nodes that run it at once, each key is answered to one.
   */
  revokeStaleKeys(stale: {
    unusedSince: number | null;
    approvedBefore: number | null;
    revokedAt: number;
  }): Promise<KeyRecord[]>;
  /** Brings a revoked key back, unless a newer key of the same user and client took its place. */
  undoRevokeKey(id: number): Promise<UndoOutcome>;
  /** Moves a key to another client id; false if the key is gone or the user has another unrevoked key of its kind there. */
  renameClient(id: number, clientId: string): Promise<boolean>;
  /** Writes last-used, one batch. Never backwards in time; unknown ids are passed over. */
  touchKeys(touches: readonly KeyTouch[]): Promise<void>;
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
  ): Promise<'registered' | 'already_registered' | 'too_many'>;
  /** Stores it, and forgets those whose time is over at this moment. */
  saveOneTimePassword(password: OneTimePassword, now: number): Promise<void>;
  /** Whose it is, if it is good at this moment. Changes nothing. */
  findOneTimePassword(passwordHash: string, now: number): Promise<string | null>;
  /** The same, and it is never good again: of any number who come at once, one is answered. */
  consumeOneTimePassword(passwordHash: string, now: number): Promise<string | null>;
  listSettings(): Promise<ReadonlyMap<string, string>>;
  saveSetting(name: string, value: string): Promise<void>;
  close(): Promise<void>;
}
