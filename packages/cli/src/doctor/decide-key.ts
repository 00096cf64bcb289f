import { SiteRefusal } from '@valetkey/client';
import type { CurrentKey } from '../site/find-current-key.ts';
import { findScopesFor } from './find-scopes-for.ts';
import { type Finding, finding } from './finding.ts';
import { findRefusalFinding } from './refusal-finding.ts';

/** What a site said of a key. */
export interface KeyObservation {
  /** Its identity, in words. */
  readonly whose: string;
  /** The site's own account; null where there is none, as on Discourse. */
  readonly current: CurrentKey | null;
  /** Who it acts for, or why that was not told. */
  readonly person: string | SiteRefusal;
  /** As asked for at login; what there is to go by without `current`. */
  readonly storedScopes: readonly string[];
}

const SOON_MS = 7 * 86_400_000;
/** With fewer requests left than this, a limit is about to be felt. */
const FEW = 3;

/** Whether a key works, how far it reaches, and for how long. */
export function decideKey(observation: KeyObservation, now: number): Finding[] {
  const { whose, current, person, storedScopes } = observation;
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
  ];
}

/** Discourse says the same of a dead key as of one whose scopes do not reach: then it counts what they should reach. */
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
