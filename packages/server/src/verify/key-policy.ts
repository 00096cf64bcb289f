import type { ErrorCode } from '@valetkey/protocol';
import type { MaybePromise } from '../core/maybe-promise.ts';
import type { Refusal } from '../core/refusal.ts';
import type { SiteUser } from '../core/site-user.ts';
import type { UseLimits } from '../core/use-limits.ts';
import type { CachedKey, StoredKey } from './cached-key.ts';
import type { KeyCache } from './key-cache.ts';
import type { LastUsed } from './last-used.ts';
import type { VerifyRequest } from './verify-request.ts';
import type { Principal } from './verify-result.ts';

/**
 * How keys of one kind are verified. The verifier calls these members in this order; its own steps between them are
 * the same for all kinds.
 */
export interface KeyPolicy<Stored extends StoredKey, Presented> {
  readonly cache: Pick<KeyCache<Stored>, 'find' | 'load'>;
  /** Returns why this text cannot be a key of this kind, by its form alone; null if it can. */
  recognize(text: string): ErrorCode | null;
  /** The code for a text that has the form of a key but is unknown. */
  readonly unknownCode: ErrorCode;
  /** Returns whether `key.principal` is still valid without loading the user again. */
  isUserKnown?(key: CachedKey<Stored>): boolean;
  /** Returns the user that the request acts for; null if there is none. */
  findUser(key: CachedKey<Stored>, presented: Presented): MaybePromise<SiteUser | null>;
  /** Rejects unless key and user may act at this time. Must reject if there is no user. */
  decideState(key: CachedKey<Stored>, user: SiteUser | null, now: number): Refusal | null;
  createPrincipal(user: SiteUser, record: Stored): Principal;
  limits(): UseLimits;
  /** Returns the name of a full window, for the refusal. */
  nameWindow(window: 'minute' | 'day'): string;
  /** Rejects unless the key’s scopes permit this request. */
  decideReach(
    key: CachedKey<Stored>,
    principal: Principal,
    request: ScopedRequest<Presented>,
  ): Refusal | null;
  readonly lastUsed: Pick<LastUsed, 'note'>;
  /** Called for each refusal of a known key. Must not throw and must return immediately. */
  noteRefusal?(key: CachedKey<Stored>, refusal: Refusal, now: number): void;
  /** Called for each allowed request. Must not throw and must return immediately. */
  afterUse?(
    key: CachedKey<Stored>,
    request: Pick<ScopedRequest<Presented>, 'credential' | 'ipAddress' | 'clientId'>,
  ): void;
}

/** A request whose credential is of a known kind. */
export type ScopedRequest<Presented> = VerifyRequest & { readonly credential: Presented };
