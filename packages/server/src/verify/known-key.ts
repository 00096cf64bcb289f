import { createIpAddressMatcher, type IpAddressMatcher } from '../core/ip/ip-address-matcher.ts';
import type { KeyRecord } from '../core/key/key-record.ts';
import { effectiveExpiry } from '../core/key/key-state.ts';
import type { RoutePermission } from '../core/scopes/scope.ts';
import type { Principal } from './verify-result.ts';

/** What a stored key must have to be judged by. */
export interface StoredKey {
  readonly id: number;
  readonly keyHash: string;
  readonly revokedAt: number | null;
  /** Absent for kinds of keys that never expire. */
  readonly expiresAt?: number | null;
  readonly retiresAt?: number | null;
  readonly allowedIpAddresses?: readonly string[] | null;
}

/** A key as the judge wants it: what its record says, made ready to be asked. */
export interface KnownKey<Stored extends StoredKey = KeyRecord> {
  readonly record: Stored;
  readonly isRevoked: boolean;
  /** When it ends by itself; see `effectiveExpiry`. */
  readonly expiresAt: number;
  readonly permissions: readonly RoutePermission[];
  /** Null for a key that may be used from anywhere. */
  readonly ipAddresses: IpAddressMatcher | null;
  /** Whom it acts for; null until its person was found in good standing. */
  principal: Principal | null;
}

export function createKnownKey<Stored extends StoredKey>(
  record: Stored,
  permissions: readonly RoutePermission[],
): KnownKey<Stored> {
  return {
    record,
    isRevoked: record.revokedAt !== null,
    expiresAt: effectiveExpiry(record),
    permissions,
    ipAddresses: record.allowedIpAddresses ? createIpAddressMatcher(record.allowedIpAddresses) : null,
    principal: null,
  };
}
