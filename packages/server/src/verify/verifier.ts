import { digestKey, hashKey } from '../core/key/hash-key.ts';
import type { KeyRecord } from '../core/key/key-record.ts';
import { decideState } from '../core/key/key-state.ts';
import type { KeyUses, UseLimits } from '../core/limits/sliding-windows.ts';
import {
  isPermitted,
  type MatchedRoute,
  type ScopeDefinitions,
  scopesThatPermit,
} from '../core/scopes/scope.ts';
import type { MaybePromise, Site, SiteUser } from '../ports/site.ts';
import { decideIpAddress } from './decide-ip-address.ts';
import { NONE } from './key-table.ts';
import type { Keys } from './keys.ts';
import type { KnownKey } from './known-key.ts';
import { recognizeUserKey } from './recognize-key.ts';
import type { AllowedVerdict, Principal, Refusal, Verdict } from './verify-result.ts';

/** A request as the judge sees it. */
export interface JudgedRequest {
  /** What came in `User-Api-Key`, or in the query on a route for URL keys. */
  readonly key: string;
  readonly isInUrl?: boolean;
  readonly method: string;
  readonly route: MatchedRoute;
  readonly ipAddress: string;
  readonly userAgent: string | null;
}

/** A key that is alive, with its person; or why not. */
export type LiveKey =
  | {
      readonly live: true;
      readonly record: KeyRecord;
      readonly principal: Principal;
      readonly uses: KeyUses;
      /** What the cache knows it by: `digestKey` of the key. */
      readonly digest: string;
    }
  | ({ readonly live: false } & Refusal);

/** Judges requests by the user API key they carry. */
export interface Judge {
  /** Whether this key may do this. Answers without a promise when the key and the person are in memory. */
  judge(request: JudgedRequest): MaybePromise<Verdict>;
  /** Whether the key is alive, at home at this address, and has a use left, which is counted; whatever it may do. */
  useLiveKey(key: string, ipAddress: string): Promise<LiveKey>;
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
 * `bench/judge.ts` says what that costs.
 */
export function createJudge({ keys: { cache }, site, scopes, limits, now }: JudgeParts): Judge {
  const usersRevision = (): number => site.usersRevision?.() ?? NEVER_THE_SAME;

  /** A key with a person in good standing; or why not. */
  function findGoodKey(key: string, digest: string, place: number): MaybePromise<KnownKey | Refusal> {
    const known = place === NONE ? null : cache.keyAt(place);
    if (known) return askForUser(known, digest);
    // What is in memory has a key's form; only what is not is looked at for what it may be instead.
    const misuse = recognizeUserKey(key);
    if (misuse) return { code: misuse };
    return cache
      .load(hashKey(key))
      .then((loaded) => (loaded ? askForUser(loaded, digest) : { code: 'key_unknown' }));
  }

  function askForUser(known: KnownKey, digest: string): MaybePromise<KnownKey | Refusal> {
    // The revision from before the look-up: a change in between makes the next request ask again.
    const revision = usersRevision();
    const judgeUser = (user: SiteUser | null): KnownKey | Refusal => {
      // Not of before the wait: the key's time may be over by now. Uses are counted so too, in order of time.
      const moment = now();
      const refusal = decideState(known, user, moment);
      if (refusal || !user) return refusal ?? { code: 'key_unknown' };
      if (known.principal?.user !== user) known.principal = { kind: 'user_api_key', user, key: known.record };
      cache.markReady(cache.placeOf(digest, known.record.id), known, moment, revision);
      return known;
    };
    const user = site.findUser(known.record.userId);
    return user instanceof Promise ? user.then(judgeUser) : judgeUser(user);
  }

  /** Counts the use of a good key; null if it is at home at this address and there was room. */
  function refuseUse(
    place: number,
    ipAddresses: KnownKey['ipAddresses'],
    ipAddress: string,
    moment: number,
  ): Refusal | null {
    const elsewhere = decideIpAddress(ipAddresses, ipAddress);
    if (elsewhere) return elsewhere;
    const use = cache.uses.use(place, moment, limits());
    if (use.allowed) return null;
    return { code: 'rate_limited', details: { window: use.window, wait_seconds: use.waitSeconds } };
  }

  function decide(request: JudgedRequest, found: KnownKey | Refusal, digest: string): Verdict {
    if (!isKnown(found)) return refuse(found);
    const moment = now();
    // Found again: after a wait another key may stand where this one stood.
    const place = cache.placeOf(digest, found.record.id);
    const refusal = refuseUse(place, found.ipAddresses, request.ipAddress, moment);
    if (refusal) return refuse(refusal);
    return decideReach(
      request,
      found,
      found.permissions,
      found.principal as Principal,
      place,
      digest,
      moment,
    );
  }

  /** The same for a key that needs no look: what it may do comes from its place's numbers. */
  function decideReady(
    request: JudgedRequest,
    known: KnownKey,
    principal: Principal,
    place: number,
    digest: string,
    moment: number,
  ): Verdict {
    const ipAddresses = cache.hasIpAddressList(place) ? known.ipAddresses : null;
    const refusal = refuseUse(place, ipAddresses, request.ipAddress, moment);
    if (refusal) return refuse(refusal);
    return decideReach(request, known, cache.permissionsAt(place), principal, place, digest, moment);
  }

  function decideReach(
    { method, route, isInUrl, ipAddress, userAgent }: JudgedRequest,
    known: KnownKey,
    permissions: KnownKey['permissions'],
    principal: Principal,
    place: number,
    digest: string,
    moment: number,
  ): Verdict {
    if (isInUrl && !known.record.isUrlKey) return refuse({ code: 'key_not_allowed_in_url' });
    if (!isPermitted(permissions, method, route, principal)) {
      const required_scopes = scopesThatPermit(scopes, method, route, principal);
      const details = { required_scopes, granted_scopes: known.record.scopes };
      return refuse({ code: 'scope_insufficient', details });
    }
    cache.lastUsed.note(place, moment, ipAddress, userAgent);
    return new Allowed(principal, cache, digest);
  }

  return {
    judge(request) {
      const moment = now();
      const digest = digestKey(request.key);
      const place = cache.find(digest);
      if (place !== NONE) {
        // Read before they are needed: memory hands them over while the key's numbers are still on their way.
        const known = cache.keyAt(place);
        const principal = cache.principalAt(place);
        // `!== null`, because asking whether it is truthy would fetch the object too.
        if (known !== null && cache.isReady(place, moment, usersRevision())) {
          return decideReady(request, known, principal, place, digest, moment);
        }
      }
      const found = findGoodKey(request.key, digest, place);
      return found instanceof Promise
        ? found.then((later) => decide(request, later, digest))
        : decide(request, found, digest);
    },
    async useLiveKey(key, ipAddress) {
      const digest = digestKey(key);
      const found = await findGoodKey(key, digest, cache.find(digest));
      if (!isKnown(found)) return { live: false, ...found };
      const { record, ipAddresses, principal } = found;
      const refusal = refuseUse(cache.placeOf(digest, record.id), ipAddresses, ipAddress, now());
      if (refusal) return { live: false, ...refusal };
      return { live: true, record, principal: principal as Principal, uses: cache.usesOf(digest), digest };
    },
  };
}

/** Says what is left of the limits only when asked, so that a verdict is one small object. */
class Allowed implements AllowedVerdict {
  readonly allowed = true;
  readonly principal: Principal;
  readonly #cache: Keys['cache'];
  readonly #digest: string;

  constructor(principal: Principal, cache: Keys['cache'], digest: string) {
    this.principal = principal;
    this.#cache = cache;
    this.#digest = digest;
  }

  get uses(): KeyUses {
    return this.#cache.usesOf(this.#digest);
  }
}

const isKnown = (found: KnownKey | Refusal): found is KnownKey => 'record' in found;

const refuse = ({ code, details = {} }: Refusal): Verdict => ({ allowed: false, code, details });
