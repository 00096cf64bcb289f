import { NONE } from '../keys/key-table.ts';
import type { Keys } from '../keys/keys.ts';
import type { KnownKey } from '../keys/known-key.ts';
import type { UseLimits } from '../limits/sliding-windows.ts';
import {
  isPermitted,
  type MatchedRoute,
  type RoutePermission,
  type ScopeDefinitions,
  scopesThatPermit,
} from '../scopes/scope.ts';
import type { MaybePromise, Site, SiteUser } from '../site.ts';
import type { Refusal, UserKeyPrincipal, Verdict } from '../verdict.ts';
import { decideAddress } from './decide-address.ts';
import { decideState } from './decide-state.ts';
import { digestKey, hashKey } from './hash-key.ts';
import { recogniseUserKey } from './recognise-key.ts';

/** A request as the judge sees it. */
export interface JudgedRequest {
  /** What came in `User-Api-Key`, or in the query on a route for URL keys. */
  readonly key: string;
  readonly isInUrl?: boolean;
  readonly method: string;
  readonly route: MatchedRoute;
  readonly address: string;
  readonly agent: string | null;
}

/** A key that is alive, with its person; or why not. */
export type LiveKey =
  | {
      readonly live: true;
      readonly known: KnownKey;
      readonly principal: UserKeyPrincipal;
      readonly permissions: readonly RoutePermission[];
      /** What the cache knows it by: `digestKey` of the key. */
      readonly digest: string;
      /** Where the cache has it, until the next `await`. */
      readonly place: number;
    }
  | ({ readonly live: false } & Refusal);

/** Judges requests by the user API key they carry. */
export interface Judge {
  /** Whether this key may do this. Answers without a promise when the key and the person are in memory. */
  judge(request: JudgedRequest): MaybePromise<Verdict>;
  /** Whether the key is alive, at home at this address, and has a use left, which is counted; whatever it may do. */
  useLiveKey(key: string, address: string): MaybePromise<LiveKey>;
}

/** Equal to nothing, itself included: a site without revisions is asked every time. */
const NEVER_THE_SAME = Number.NaN;

interface JudgeParts {
  readonly keys: Pick<Keys, 'cache'>;
  readonly site: Pick<Site, 'findUser' | 'usersRevision'>;
  readonly scopes: ScopeDefinitions;
  readonly limits: () => UseLimits;
  readonly now: () => number;
}

/**
 * The hot path: hash → place → state → address → limits → scopes → principal. It awaits only what is not in memory, and
 * follows no reference that it does not need; `bench/judge.ts` says what that costs.
 */
export function createJudge({ keys: { cache }, site, scopes, limits, now }: JudgeParts): Judge {
  function useLiveKey(key: string, address: string, moment = now()): MaybePromise<LiveKey> {
    const digest = digestKey(key);
    const place = cache.find(digest);
    // What is in memory has a key's form; only what is not is looked at for what it may be instead.
    if (place === NONE) return loadKey(key, digest, address, moment);
    const revision = site.usersRevision?.() ?? NEVER_THE_SAME;
    if (cache.isReady(place, moment, revision)) {
      const known = cache.keyAt(place) as KnownKey;
      const principal = cache.principalAt(place) as UserKeyPrincipal;
      const refusal = decideAddress(cache.addressesAt(place), address);
      if (refusal) return { live: false, ...refusal };
      const permissions = cache.permissionsAt(place);
      return countUse({ live: true, known, principal, permissions, digest, place }, moment);
    }
    const known = cache.keyAt(place);
    return known ? askForUser(known, digest, address, moment) : loadKey(key, digest, address, moment);
  }

  async function loadKey(key: string, digest: string, address: string, moment: number): Promise<LiveKey> {
    const misuse = recogniseUserKey(key);
    if (misuse) return { live: false, code: misuse };
    const known = await cache.load(hashKey(key));
    return known ? askForUser(known, digest, address, moment) : { live: false, code: 'key_unknown' };
  }

  function askForUser(
    known: KnownKey,
    digest: string,
    address: string,
    moment: number,
  ): MaybePromise<LiveKey> {
    // The revision from before the look-up: a change in between makes the next request ask again.
    const revision = site.usersRevision?.() ?? NEVER_THE_SAME;
    const useFound = (user: SiteUser | null): LiveKey => {
      const refusal = decideState(known, user, moment);
      if (refusal || !user) return { live: false, ...(refusal ?? { code: 'key_unknown' }) };
      const principal: UserKeyPrincipal = { kind: 'user_api_key', user, key: known.record };
      const place = cache.placeOf(digest, known.record.id);
      cache.markReady(place, known, principal, revision);
      const elsewhere = decideAddress(known.addresses, address);
      if (elsewhere) return { live: false, ...elsewhere };
      const { permissions } = known;
      return countUse({ live: true, known, principal, permissions, digest, place }, moment);
    };
    const user = site.findUser(known.record.userId);
    return user instanceof Promise ? user.then(useFound) : useFound(user);
  }

  function countUse(key: LiveKey & { live: true }, moment: number): LiveKey {
    const use = cache.uses.use(key.place, moment, limits());
    if (use.allowed) return key;
    const details = { window: use.window, wait_seconds: use.waitSeconds };
    return { live: false, code: 'rate_limited', details };
  }

  /** After a wait another key may stand where this one stood. */
  function placedAgain(key: LiveKey): LiveKey {
    return key.live ? { ...key, place: cache.placeOf(key.digest, key.known.record.id) } : key;
  }

  function decide(request: JudgedRequest, key: LiveKey, moment: number): Verdict {
    if (!key.live) return { allowed: false, code: key.code, details: key.details ?? {} };
    const { known, principal, permissions, digest, place } = key;
    if (request.isInUrl && !known.record.isUrlKey) return { allowed: false, code: 'key_not_allowed_in_url' };
    const { method, route } = request;
    if (!isPermitted(permissions, method, route, principal)) {
      const required_scopes = scopesThatPermit(scopes, method, route, principal);
      const details = { required_scopes, granted_scopes: known.record.scopes };
      return { allowed: false, code: 'scope_insufficient', details };
    }
    cache.lastUsed.note(place, moment, request.address, request.agent);
    return { allowed: true, principal, uses: cache.usesOf(digest) };
  }

  return {
    useLiveKey: (key, address) => useLiveKey(key, address),
    judge(request) {
      const moment = now();
      const key = useLiveKey(request.key, request.address, moment);
      return key instanceof Promise
        ? key.then((found) => decide(request, placedAgain(found), moment))
        : decide(request, key, moment);
    },
  };
}
