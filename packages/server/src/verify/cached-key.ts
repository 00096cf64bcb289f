import type { BlockList } from '../core/blocks/block-list.ts';
import type { Evictable } from '../core/bounded-map.ts';
import { createIpAddressMatcher, type IpAddressMatcher } from '../core/ip/ip-address-matcher.ts';
import type { KeyKind, VerifiedKey } from '../core/key/key-record.ts';
import { effectiveExpiry } from '../core/key/key-state.ts';
import type { RoutePermission } from '../core/scopes/scope.ts';
import type { UsedKey } from './last-used.ts';
import type { Principal } from './verify-result.ts';

/** The properties that records of all kinds of keys share. */
export interface StoredKey {
  readonly id: number;
  readonly keyHash: string;
  /** Absent for kinds of records with one kind of keys. */
  readonly kind?: KeyKind;
  readonly revokedAt: number | null;
  /** Absent for kinds that never expire. */
  readonly expiresAt?: number | null;
  readonly retiresAt?: number | null;
  readonly allowedIpAddresses?: readonly string[] | null;
  /** Absent for kinds that are valid for the API alone. */
  readonly resources?: readonly string[];
}

/**
 * A cached key: its record prepared for verification, and state between requests. An allowed request reads these fields
 * and not the record, because with very many keys each additional memory access is slow.
 */
export interface CachedKey<Stored extends StoredKey = VerifiedKey> extends Evictable, UsedKey {
  readonly record: Stored;
  readonly isRevoked: boolean;
  /** See `effectiveExpiry`. Null for never, because each number that is no small integer is an object. */
  readonly expiresAt: number | null;
  readonly permissions: readonly RoutePermission[];
  /** Null for a key without an IP address allow-list. */
  readonly ipAddresses: IpAddressMatcher | null;
  /** The key of its counts in the use limiter. */
  readonly limiterKey: string;
  /** Null for a key that is valid for the API alone. */
  readonly resources: readonly string[] | null;
  /** Milliseconds of the monotonic clock; null if it may be cached forever. */
  readonly loadedAt: number | null;
  /** The principal of the last use. */
  principal: Principal | null;
  /** The period in which its user was last found and not suspended; see `createUserKeyPolicy`. */
  foundIn: object | null;
  /** The list of blocks that was found not to contain its app. */
  unblockedBy: BlockList | null;
  /** The last `User-Api-Client-Id` that was examined. */
  clientIdSeen: string | null;
}

export function createCachedKey<Stored extends StoredKey>(
  record: Stored,
  parts: Pick<CachedKey<Stored>, 'permissions' | 'limiterKey' | 'loadedAt'>,
): CachedKey<Stored> {
  const expiresAt = effectiveExpiry(record);
  return {
    wasUsed: false,
    record,
    isRevoked: record.revokedAt !== null,
    expiresAt: expiresAt === Number.POSITIVE_INFINITY ? null : expiresAt,
    permissions: parts.permissions,
    ipAddresses: record.allowedIpAddresses ? createIpAddressMatcher(record.allowedIpAddresses) : null,
    limiterKey: parts.limiterKey,
    resources: record.resources ?? null,
    loadedAt: parts.loadedAt,
    principal: null,
    foundIn: null,
    unblockedBy: null,
    clientIdSeen: null,
    usedAt: 0,
    usedIpAddress: '',
    usedUserAgent: null,
    isUsePending: false,
    pendingUses: 0,
  };
}
