import { ValetkeyError } from '@valetkey/protocol';
import { hashKey } from '../core/key/hash-key.ts';
import type { VerifiedKey } from '../core/key/key-record.ts';
import { chain, isPromise, type MaybePromise } from '../core/maybe-promise.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import type { SiteUser } from '../core/site-user.ts';
import type { CountedUse, UseLimits } from '../core/use-limits.ts';
import type { UseDecision, UseLimiter } from '../ports/use-limiter.ts';
import type { AdminKeyPolicy } from './admin-key-policy.ts';
import type { CachedKey, StoredKey } from './cached-key.ts';
import type { KeyPolicy, ScopedRequest } from './key-policy.ts';
import type { UserKeyPolicy } from './user-key-policy.ts';
import type { AdminKeyCredential, Credential, UserKeyCredential, VerifyRequest } from './verify-request.ts';
import type { Principal, VerifyResult } from './verify-result.ts';

/** An active user key with one use counted, whatever its scopes; or a refusal. */
export type ActiveKey =
  | ({ readonly active: true; readonly record: VerifiedKey; readonly user: SiteUser } & CountedUse)
  | ({ readonly active: false } & Refusal);

/** Verifies requests by the key that they carry (PROTOCOL.md#using-a-key, PROTOCOL.md#use-an-admin-key). */
export interface Verifier {
  /**
   * Decides whether this request may be served. Returns no promise if the key, its user and its limits are in memory.
   * Rejects only with errors of the site’s own functions: an unavailable store is a refusal.
   */
  verify(request: VerifyRequest): MaybePromise<VerifyResult>;
  /**
   * Decides whether this user key is active, allowed for this IP address and within its limits, whatever its scopes.
   * Counts the use.
   */
  useActiveKey(
    key: string,
    from: Pick<VerifyRequest, 'ipAddress' | 'userAgent' | 'clientId'>,
  ): MaybePromise<ActiveKey>;
  /**
   * Returns until when this key is valid, in milliseconds since 1970, or why it is not. Counts no use and checks
   * neither scopes nor IP addresses. Rejects with the errors of the store.
   */
  loadKeyState(credential: Credential): MaybePromise<Refusal | { readonly expiresAt: number }>;
}

interface VerifierParts {
  readonly userKeys: UserKeyPolicy;
  readonly adminKeys: AdminKeyPolicy;
  readonly limiter: UseLimiter;
  /** Milliseconds since 1970, for expiries. */
  readonly now: () => number;
  /** Monotonic milliseconds, for rate limits. */
  readonly monotonicNow: () => number;
}

/** A key in a valid state, with the user that it acts for. */
interface Opened<Stored extends StoredKey> {
  readonly key: CachedKey<Stored>;
  readonly principal: Principal;
}

/**
 * Creates a verifier. The order of checks is: form, key, user and state, IP address, limits, scopes. A check runs
 * only if all earlier ones succeeded.
 */
export function createVerifier({ userKeys, adminKeys, limiter, now, monotonicNow }: VerifierParts): Verifier {
  function open<Stored extends StoredKey, Presented extends { readonly key: string }>(
    policy: KeyPolicy<Stored, Presented>,
    presented: Presented,
  ): MaybePromise<Opened<Stored> | Refusal> {
    const keyHash = hashKey(presented.key);
    const cached = policy.cache.find(keyHash);
    if (cached) return openFound(policy, cached, presented);
    // A cached key has the form of a key, so only other texts are examined.
    const misuse = policy.recognize(presented.key);
    if (misuse) return refuse(misuse);
    return policy.cache
      .load(keyHash)
      .then((loaded) => (loaded ? openFound(policy, loaded, presented) : refuse(policy.unknownCode)));
  }

  function openFound<Stored extends StoredKey, Presented>(
    policy: KeyPolicy<Stored, Presented>,
    key: CachedKey<Stored>,
    presented: Presented,
  ): MaybePromise<Opened<Stored> | Refusal> {
    const { principal } = key;
    // Reads neither user nor principal: with very many keys, each additional memory access is slow.
    const isValid = !key.isRevoked && (key.expiresAt === null || now() < key.expiresAt);
    if (isValid && principal !== null && policy.isUserKnown?.(key)) return { key, principal };
    const user = policy.findUser(key, presented);
    // The site may use another promise library; native promises are used from here on.
    return isPromise(user)
      ? Promise.resolve(user).then((found) => decideOpened(policy, key, found))
      : decideOpened(policy, key, user);
  }

  function decideOpened<Stored extends StoredKey, Presented>(
    policy: KeyPolicy<Stored, Presented>,
    key: CachedKey<Stored>,
    user: SiteUser | null,
  ): Opened<Stored> | Refusal {
    // The clock is read after awaiting: the key may have expired meanwhile.
    const refusal = policy.decideState(key, user, now());
    if (refusal) policy.noteRefusal?.(key, refusal, now());
    if (refusal || !user) return refusal ?? refuse(policy.unknownCode);
    let { principal } = key;
    if (principal?.user !== user) {
      principal = policy.createPrincipal(user, key.record);
      key.principal = principal;
    }
    return { key, principal };
  }

  /** Counts one use, unless the IP address is not allowed, a window is full, or it is already counted. */
  function consume<Stored extends StoredKey, Presented>(
    policy: KeyPolicy<Stored, Presented>,
    { key, principal }: Opened<Stored>,
    { ipAddress, counted }: Pick<VerifyRequest, 'ipAddress' | 'counted'>,
  ): MaybePromise<CountedUse | Refusal> {
    const elsewhere = decideIpAddress(key.ipAddresses, ipAddress);
    if (elsewhere) return elsewhere;
    if (counted) return counted;
    const limits = policy.limits();
    const decision = limiter.use(key.limiterKey, monotonicNow(), limits);
    if (!isPromise(decision)) return toConsumed(decision, limits, policy);
    return Promise.resolve(decision).then(
      (made) => policy.decideState(key, principal.user, now()) ?? toConsumed(made, limits, policy),
    );
  }

  function verifyKey<Stored extends StoredKey, Presented extends { readonly key: string }>(
    policy: KeyPolicy<Stored, Presented>,
    request: ScopedRequest<Presented>,
  ): MaybePromise<VerifyResult> {
    const opened = open(policy, request.credential);
    // Written without `chain`: most requests end here without a promise, and closures would slow them down.
    if (opened instanceof Promise) return opened.then((found) => decide(policy, found, request));
    return decide(policy, opened, request);
  }

  function decide<Stored extends StoredKey, Presented>(
    policy: KeyPolicy<Stored, Presented>,
    opened: Opened<Stored> | Refusal,
    request: ScopedRequest<Presented>,
  ): MaybePromise<VerifyResult> {
    if (isRefusal(opened)) return deny(opened);
    const consumed = consume(policy, opened, request);
    if (consumed instanceof Promise) {
      return consumed.then((counted) => finish(policy, opened, counted, request));
    }
    return finish(policy, opened, consumed, request);
  }

  function finish<Stored extends StoredKey, Presented>(
    policy: KeyPolicy<Stored, Presented>,
    { key, principal }: Opened<Stored>,
    consumed: CountedUse | Refusal,
    request: ScopedRequest<Presented>,
  ): VerifyResult {
    if (isRefusal(consumed)) return denyKnown(policy, key, consumed);
    const refusal = policy.decideReach(key, principal, request);
    if (refusal) return denyKnown(policy, key, refusal);
    if (!request.counted) {
      policy.lastUsed.note(key, now(), request);
      policy.afterUse?.(key, request);
    }
    return { allowed: true, principal, limits: consumed.limits, remaining: consumed.remaining };
  }

  function denyKnown<Stored extends StoredKey, Presented>(
    policy: KeyPolicy<Stored, Presented>,
    key: CachedKey<Stored>,
    refusal: Refusal,
  ): VerifyResult {
    policy.noteRefusal?.(key, refusal, now());
    return deny(refusal);
  }

  return {
    verify(request) {
      const { credential } = request;
      if (credential.kind === 'conflict') return deny(refuse('credentials_conflict'));
      // TypeScript narrows the credential but not the request; a copy would cost time.
      if (credential.kind === 'user_key') {
        return refuseUnavailable(verifyKey(userKeys, request as ScopedRequest<UserKeyCredential>));
      }
      const refusal = adminKeys.decideOrigin(request.origin ?? null);
      if (refusal) return deny(refusal);
      return refuseUnavailable(verifyKey(adminKeys, request as ScopedRequest<AdminKeyCredential>));
    },
    loadKeyState(credential) {
      if (credential.kind === 'conflict') return refuse('credentials_conflict');
      return credential.kind === 'user_key'
        ? chain(open(userKeys, credential), toKeyState)
        : chain(open(adminKeys, credential), toKeyState);
    },
    useActiveKey(key, from) {
      const credential = { kind: 'user_key', key } as const;
      return chain(open(userKeys, credential), (opened): MaybePromise<ActiveKey> => {
        if (isRefusal(opened)) return { active: false, ...opened };
        return chain(consume(userKeys, opened, from), (consumed): ActiveKey => {
          if (isRefusal(consumed)) return { active: false, ...consumed };
          userKeys.lastUsed.note(opened.key, now(), from);
          userKeys.afterUse?.(opened.key, { ...from, credential });
          return { active: true, record: opened.key.record, user: opened.principal.user, ...consumed };
        });
      });
    },
  };
}

const toKeyState = (
  opened: Refusal | { readonly key: { readonly expiresAt: number | null } },
): Refusal | { readonly expiresAt: number } =>
  isRefusal(opened) ? opened : { expiresAt: opened.key.expiresAt ?? Number.POSITIVE_INFINITY };

function toConsumed(
  decision: UseDecision,
  limits: UseLimits,
  policy: { nameWindow(window: 'minute' | 'day'): string },
): CountedUse | Refusal {
  if (decision.allowed) return { limits, remaining: decision.remaining };
  const { window, waitSeconds } = decision;
  return refuse('rate_limited', { window: policy.nameWindow(window), wait_seconds: waitSeconds });
}

/**
 * Rejects an IP address that is not allowed. Decided before the use is counted: a stolen key must not use up its
 * owner’s limits.
 */
function decideIpAddress(ipAddresses: CachedKey['ipAddresses'], ipAddress: string): Refusal | null {
  if (ipAddresses === null || ipAddresses(ipAddress)) return null;
  return refuse('address_not_allowed', { address: ipAddress });
}

/** Turns `store_unavailable` of a store or limiter into a refusal. Other errors are thrown. */
function refuseUnavailable(result: MaybePromise<VerifyResult>): MaybePromise<VerifyResult> {
  if (!isPromise(result)) return result;
  return result.catch((error: unknown) => {
    if (error instanceof ValetkeyError) return deny(error);
    throw error;
  });
}

const deny = ({ code, details }: Refusal): VerifyResult => ({ allowed: false, code, details });
