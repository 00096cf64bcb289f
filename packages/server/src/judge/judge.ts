import type { KnownKey } from '../keys/key-cache.ts';
import type { Keys } from '../keys/keys.ts';
import type { UseLimits } from '../limits/use-log.ts';
import { isPermitted, type MatchedRoute, type ScopeDefinitions, scopesThatPermit } from '../scopes/scope.ts';
import type { MaybePromise, Site, SiteUser } from '../site.ts';
import type { Refusal, Verdict } from '../verdict.ts';
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
  | { readonly live: true; readonly known: KnownKey; readonly user: SiteUser }
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
  readonly keys: Keys;
  readonly site: Pick<Site, 'findUser' | 'usersRevision'>;
  readonly scopes: ScopeDefinitions;
  readonly limits: () => UseLimits;
  readonly now: () => number;
}

/**
 * The hot path: form → hash → record → state → address → limits → scopes → principal. It awaits only what is not in memory, and
 * reads it all from one object; `bench/judge.ts` says what that costs.
 */
export function createJudge({ keys, site, scopes, limits, now }: JudgeParts): Judge {
  function useKnownKey(known: KnownKey, address: string, moment: number): MaybePromise<LiveKey> {
    const revision = site.usersRevision?.() ?? NEVER_THE_SAME;
    if (known.user !== null && known.usersRevision === revision)
      return useKey(known, known.user, address, moment);
    return askForUser(known, revision, address, moment);
  }

  function askForUser(
    known: KnownKey,
    revision: number,
    address: string,
    moment: number,
  ): MaybePromise<LiveKey> {
    const useFound = (user: SiteUser | null): LiveKey => {
      // The revision from before the look-up: a change in between makes the next request ask again.
      known.usersRevision = revision;
      known.user = user?.isSuspended ? null : user;
      return useKey(known, user, address, moment);
    };
    const user = site.findUser(known.record.userId);
    return user instanceof Promise ? user.then(useFound) : useFound(user);
  }

  function useKey(known: KnownKey, user: SiteUser | null, address: string, moment: number): LiveKey {
    const refusal = decideState(known, user, moment) ?? decideAddress(known, address);
    if (refusal || !user) return { live: false, ...(refusal ?? { code: 'key_unknown' }) };
    const use = known.uses.use(moment, limits());
    if (!use.allowed) {
      return {
        live: false,
        code: 'rate_limited',
        details: { window: use.window, wait_seconds: use.waitSeconds },
      };
    }
    return { live: true, known, user };
  }

  function useLiveKey(key: string, address: string, moment = now()): MaybePromise<LiveKey> {
    // What is in memory has a key's form; only what is not is looked at for what it may be instead.
    const known = keys.peek(digestKey(key));
    return known === null ? loadKey(key, address, moment) : useKnownKey(known, address, moment);
  }

  async function loadKey(key: string, address: string, moment: number): Promise<LiveKey> {
    const misuse = recogniseUserKey(key);
    if (misuse) return { live: false, code: misuse };
    const known = await keys.load(hashKey(key));
    return known ? useKnownKey(known, address, moment) : { live: false, code: 'key_unknown' };
  }

  function decide(request: JudgedRequest, key: LiveKey, moment: number): Verdict {
    if (!key.live) return { allowed: false, code: key.code, details: key.details ?? {} };
    const { known, user } = key;
    if (request.isInUrl && !known.record.isUrlKey) return { allowed: false, code: 'key_not_allowed_in_url' };
    if (!isPermitted(known.permissions, request.method, request.route, user.username)) {
      const required_scopes = scopesThatPermit(scopes, request.method, request.route, user.username);
      const details = { required_scopes, granted_scopes: known.record.scopes };
      return { allowed: false, code: 'scope_insufficient', details };
    }
    keys.lastUsed.note(known, moment, request.address, request.agent);
    const principal = { kind: 'user_api_key', user, key: known.record } as const;
    return { allowed: true, principal, uses: known.uses };
  }

  return {
    useLiveKey: (key, address) => useLiveKey(key, address),
    judge(request) {
      const moment = now();
      const key = useLiveKey(request.key, request.address, moment);
      return key instanceof Promise
        ? key.then((found) => decide(request, found, moment))
        : decide(request, key, moment);
    },
  };
}
