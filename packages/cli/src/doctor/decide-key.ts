import { SiteRefusal } from '@valetkey/client';
import type { CurrentKey } from '../site/find-current-key.ts';
import { decideCounting } from './decide-counting.ts';
import { findScopesFor } from './find-scopes-for.ts';
import { type Finding, finding } from './finding.ts';
import { findRefusalFinding } from './refusal-finding.ts';

/** The responses of a site about a key. */
export interface KeyObservation {
  /** Description of the identity. */
  readonly whose: string;
  /** The response of `current.json`; null on sites without it, such as Discourse. */
  readonly current: CurrentKey | null;
  /** The user name, or the refusal. */
  readonly person: string | SiteRefusal;
  /** As requested at login; used if `current` is null. */
  readonly storedScopes: readonly string[];
  /** The remaining uses of the day by consecutive requests; empty if they are unknown. */
  readonly remaining: readonly number[];
}

const SOON_MS = 7 * 86_400_000;
/** Below this number of remaining requests, a limit is reported. */
const FEW = 3;

/** Decides whether a key works, and reports its scopes, expiry and limits. */
export function decideKey(observation: KeyObservation, now: number): Finding[] {
  const { whose, current, person, storedScopes, remaining } = observation;
  const limit = person instanceof SiteRefusal && person.status === 429;
  if (limit)
    return [finding('limit_reached', `The key of ${whose} has reached its limit: ${sayWait(person)}`)];
  if (current === null && person instanceof SiteRefusal) return [decideRefusal(whose, person, storedScopes)];
  const name = current?.username ?? (typeof person === 'string' ? person : null);
  const works = finding(
    'key_works',
    `The key of ${whose} works${name === null ? '' : `, and acts for ${name}`}.`,
  );
  const scopes = current?.scopes ?? storedScopes;
  const source = current ? '' : ', as far as is known here';
  return [
    works,
    finding('key_scopes', `Its scopes are: ${scopes.join(', ') || 'none'}${source}.`),
    ...decideExpiry(current?.expiresAt ?? null, now),
    decideLimits(current),
    ...decideCounting(remaining),
  ];
}

/** Discourse sends the same response for an inactive key and for a missing scope. Then the stored scopes decide. */
function decideRefusal(whose: string, refusal: SiteRefusal, scopes: readonly string[]): Finding {
  const { status, code, message } = refusal;
  const isDiscourse = status === 403 && code === null;
  const isReached = scopes.some((scope) => NAMED_BY.includes(scope));
  if (code === 'scope_insufficient' || (isDiscourse && !isReached))
    return finding(
      'key_untold',
      `The scopes of ${whose} (${scopes.join(', ')}) do not allow checking the key.`,
    );
  const said = `The site rejects the key of ${whose}: ${message}`;
  return finding(findRefusalFinding(code) ?? (isDiscourse ? 'key_refused' : 'key_unjudged'), said);
}

const NAMED_BY: readonly string[] = findScopesFor('GET', '/session/current');

const sayWait = ({ waitSeconds, message }: SiteRefusal): string =>
  waitSeconds === null ? message : `try again in ${waitSeconds} s.`;

function decideExpiry(expiresAt: string | null, now: number): Finding[] {
  const isSoon = expiresAt !== null && Date.parse(expiresAt) - now < SOON_MS;
  return isSoon ? [finding('key_expires_soon', `It expires at ${expiresAt}.`)] : [];
}

function decideLimits(current: CurrentKey | null): Finding {
  const left = current?.left ?? null;
  if (left === null) return finding('limits_untold', 'The site does not tell how many requests are left.');
  const seen = `${left.perMinute} requests are left for this minute, ${left.perDay} for this day.`;
  return finding(Math.min(left.perMinute, left.perDay) < FEW ? 'limits_low' : 'limits_left', seen);
}
