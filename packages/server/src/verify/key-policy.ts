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

/** How keys of one kind are verified. The verifier asks in the order of these members; what it does between is the same for all. */
export interface KeyPolicy<Stored extends StoredKey, Presented> {
  readonly cache: Pick<KeyCache<Stored>, 'find' | 'load'>;
  /** Why this text cannot be a key of this kind, by its form alone; null if it can. */
  recognize(text: string): ErrorCode | null;
  /** Of a text that has the form of a key and is none. */
  readonly unknownCode: ErrorCode;
  /** Whom the request acts for; null for nobody. */
  findUser(key: CachedKey<Stored>, presented: Presented): MaybePromise<SiteUser | null>;
  /** Whether key and user may act at this time. Must refuse where there is no user. */
  decideState(key: CachedKey<Stored>, user: SiteUser | null, now: number): Refusal | null;
  createPrincipal(user: SiteUser, record: Stored): Principal;
  limits(): UseLimits;
  /** What a full window is called in a refusal. */
  nameWindow(window: 'minute' | 'day'): string;
  /** Whether the key may be used for this request, by its scopes. */
  decideReach(
    key: CachedKey<Stored>,
    principal: Principal,
    request: ScopedRequest<Presented>,
  ): Refusal | null;
  readonly lastUsed: Pick<LastUsed, 'note'>;
  /** Called for each allowed request. Must not throw, and delays nothing. */
  afterUse?(key: CachedKey<Stored>, request: ScopedRequest<Presented>): void;
}

/** A request of which it is known what kind of key it presents. */
export type ScopedRequest<Presented> = VerifyRequest & { readonly credential: Presented };
