import type { KnownKey } from '../keys/key-cache.ts';
import type { Keys } from '../keys/keys.ts';
import type { UseLimits } from '../limits/use-log.ts';
import { isPermitted, type MatchedRoute, type ScopeDefinitions, scopesThatPermit } from '../scopes/scope.ts';
import type { MaybePromise, Site, SiteUser } from '../site.ts';
import type { Refusal, Verdict } from '../verdict.ts';
import { decideState } from './decide-state.ts';
import { hashKey } from './hash-key.ts';
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
  /** Whether the key is alive and has a use left, which is counted; whatever it may do. */
  useLiveKey(key: string): MaybePromise<LiveKey>;
}

interface JudgeParts {
  readonly keys: Keys;
  readonly site: Pick<Site, 'findUser'>;
  readonly scopes: ScopeDefinitions;
  readonly limits: () => UseLimits;
  readonly now: () => number;
}

/** The hot path: form → hash → record → state → limits → scopes → principal, awaiting only what is not in memory. */
export function createJudge({ keys, site, scopes, limits, now }: JudgeParts): Judge {
  function useLiveKey(key: string): MaybePromise<LiveKey> {
    const misuse = recogniseUserKey(key);
    if (misuse) return { live: false, code: misuse };
    return then(keys.findByHash(hashKey(key)), (known): MaybePromise<LiveKey> => {
      if (!known) return { live: false, code: 'key_unknown' };
      return then(site.findUser(known.record.userId), (user) => liveKey(known, user));
    });
  }

  function liveKey(known: KnownKey, user: SiteUser | null): LiveKey {
    const moment = now();
    const refusal = decideState(known.record, user, moment);
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

  function decide(request: JudgedRequest, key: LiveKey): Verdict {
    if (!key.live) return { allowed: false, code: key.code, details: key.details ?? {} };
    const { record, permissions } = key.known;
    if (request.isInUrl && !record.isUrlKey) return { allowed: false, code: 'key_not_allowed_in_url' };
    if (!isPermitted(permissions, request.method, request.route)) {
      return {
        allowed: false,
        code: 'scope_insufficient',
        details: {
          required_scopes: scopesThatPermit(scopes, request.method, request.route),
          granted_scopes: record.scopes,
        },
      };
    }
    keys.lastUsed.note(key.known, { usedAt: now(), address: request.address, agent: request.agent });
    return {
      allowed: true,
      principal: { kind: 'user_api_key', user: key.user, key: record },
      uses: key.known.uses,
    };
  }

  return {
    useLiveKey,
    judge: (request) => then(useLiveKey(request.key), (key) => decide(request, key)),
  };
}

/** Goes on at once with a value, later with a promise: the warm path never waits a turn. */
function then<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
